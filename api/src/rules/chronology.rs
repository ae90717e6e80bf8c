//! Which Games came first: by the year of their label, and within a year winter, then intercalated, then summer.

use podium_entity::games::{self, Season};

/// A number that grows with time; equal for the Olympic, Youth and Paralympic Games of one season. `load::sql` says the same in SQL.
pub(crate) fn chronology(games: &games::Model) -> i32 {
    games.year * 10 + season_rank(games.season)
}

/// The rank of a season within its year.
pub(crate) fn season_rank(season: Season) -> i32 {
    match season {
        Season::Winter => 0,
        Season::Intercalated => 1,
        Season::Summer => 2,
    }
}
