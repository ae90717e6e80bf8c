//! The career totals of an athlete. They are derived from the other tables whenever they change, so that lists can be filtered
//! and ordered by them.

use sea_orm::entity::prelude::*;

use crate::games::Season;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "athlete_career")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub athlete_id: Uuid,
    /// The number of Games that the athlete was entered at.
    pub games: i32,
    /// The number of nations that the athlete was entered for.
    pub nations: i32,
    /// The years from the first of these Games to the last.
    pub span: i32,
    /// The seasons of these Games, as the sum of their `bit`s.
    pub seasons: i32,
    /// The number of medals, counted by the default rules.
    pub medals: i32,
    /// The seasons of the Games of these medals.
    pub medal_seasons: i32,
    /// The gold medals among them.
    pub golds: i32,
    /// The silver medals among them.
    pub silvers: i32,
    /// The year of the Games of the first of them; 0 without medals.
    pub first_medal_year: i32,
    /// The year of the Games of the last of them; 0 without medals.
    pub last_medal_year: i32,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<super::athlete::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The bit of a season in `seasons`.
#[must_use]
pub fn bit(season: Season) -> i32 {
    match season {
        Season::Summer => 1,
        Season::Winter => 2,
        Season::Intercalated => 4,
    }
}

/// All sums that contain each of these seasons.
#[must_use]
pub fn sums_with(seasons: &[Season]) -> Vec<i32> {
    let all = seasons.iter().fold(0, |sum, season| sum | bit(*season));
    (0..8).filter(|sum| sum & all == all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_contains_its_seasons() {
        assert_eq!(sums_with(&[Season::Summer, Season::Winter]), [3, 7]);
        assert_eq!(sums_with(&[Season::Winter, Season::Winter]), [2, 3, 6, 7]);
        assert_eq!(sums_with(&[]).len(), 8);
    }
}
