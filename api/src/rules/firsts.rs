//! Which of several medals was won first.

use std::sync::Arc;

use podium_entity::medal_award;

/// Of awards at one Games, the earliest of each colour, and each whose day is unknown, since it may be the first. The awards must be grouped by
/// colour.
pub(crate) fn earliest(awards: &[Arc<medal_award::Model>]) -> Vec<Arc<medal_award::Model>> {
    let colours = awards.chunk_by(|one, other| one.medal == other.medal);
    let earliest = colours.flat_map(|awards| {
        let first_day = awards.iter().filter_map(|award| award.won_on).min();
        awards.iter().filter(move |award| award.won_on.is_none() || award.won_on == first_day)
    });
    earliest.cloned().collect()
}

#[cfg(test)]
mod tests {
    use podium_entity::medal_award::{Medal, MedalAwardStatus};
    use uuid::Uuid;

    use super::*;

    fn award(medal: Medal, won_on: Option<&str>) -> Arc<medal_award::Model> {
        Arc::new(medal_award::Model {
            id: Uuid::nil(),
            edition_id: Uuid::nil(),
            entry_id: None,
            nation_id: None,
            medal,
            status: MedalAwardStatus::Awarded,
            won_on: won_on.and_then(|day| day.parse().ok()),
            valid_from: None,
            valid_to: None,
            ended_by: None,
            reason: None,
            replaces_id: None,
            source_id: Uuid::nil(),
        })
    }

    #[test]
    fn the_earliest_of_each_colour_and_those_of_unknown_days_may_be_first() {
        let awards = [
            award(Medal::Gold, Some("2021-07-24")),
            award(Medal::Gold, Some("2021-07-24")),
            award(Medal::Gold, Some("2021-07-26")),
            award(Medal::Gold, None),
            award(Medal::Silver, Some("2021-07-30")),
            award(Medal::Bronze, None),
        ];
        let days: Vec<_> = earliest(&awards).into_iter().map(|award| (award.medal, award.won_on.map(|day| day.to_string()))).collect();
        let first = Some("2021-07-24".to_owned());
        assert_eq!(
            days,
            [
                (Medal::Gold, first.clone()),
                (Medal::Gold, first),
                (Medal::Gold, None),
                (Medal::Silver, Some("2021-07-30".to_owned())),
                (Medal::Bronze, None),
            ]
        );
    }
}
