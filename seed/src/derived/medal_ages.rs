//! The ages of each medal's winners.

use podium_entity::sql::birthday::BIRTHDAY;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::table::DerivedTable;

const AGES: DerivedTable<'_> = DerivedTable { name: "medal_age", key: "award_id", columns: &["youngest", "oldest"] };

/// The day on which a medal was won, or the last one on which it may have been.
const WON: &str = "COALESCE(a.won_on, d.ends_on, g.closed_on)";

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let days = match db.get_database_backend() {
        DbBackend::Postgres => format!("{WON} - CAST({BIRTHDAY} AS date)"),
        _ => format!("CAST(julianday({WON}) - julianday({BIRTHDAY}) AS integer)"),
    };
    let ages = format!(
        "SELECT a.id AS award_id, MIN({days}) AS youngest, MAX({days}) AS oldest \
         FROM medal_award a JOIN event_edition d ON d.id = a.edition_id JOIN games g ON g.id = d.games_id \
         JOIN medal_recipient r ON r.award_id = a.id JOIN athlete ON athlete.id = r.athlete_id \
         WHERE athlete.born IS NOT NULL AND {WON} IS NOT NULL GROUP BY a.id"
    );
    let known = "SELECT r.award_id FROM medal_recipient r JOIN athlete ON athlete.id = r.athlete_id WHERE athlete.born IS NOT NULL";
    AGES.replace(db, &ages, known).await
}
