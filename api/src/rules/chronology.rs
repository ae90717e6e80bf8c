//! Which Games came first: by the year of their label, and within a year winter, then intercalated, then summer.

use podium_entity::games::{self, Season};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};

/// A number that grows with time; equal for the Olympic, Youth and Paralympic Games of one season.
pub(crate) fn chronology(games: &games::Model) -> i32 {
    let season = match games.season {
        Season::Winter => 0,
        Season::Intercalated => 1,
        Season::Summer => 2,
    };
    games.year * 10 + season
}

/// The same number as SQL, over the columns of `games`.
pub(crate) fn chronology_sql() -> Expr {
    let season = games::Column::Season;
    let place = CaseStatement::new().case(season.eq(Season::Winter), 0).case(season.eq(Season::Intercalated), 1).finally(2);
    Expr::col((games::Entity, games::Column::Year)).mul(10).add(place)
}
