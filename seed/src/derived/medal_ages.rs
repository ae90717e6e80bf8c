//! How old those were who won each medal.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::table::DerivedTable;

const AGES: DerivedTable<'_> = DerivedTable { name: "medal_age", key: "award_id", columns: &["youngest", "oldest"] };

/// The day that a date of birth stands for: the middle of what it leaves open. A year that was derived from an age may be one too high.
const BORN: &str = "CASE WHEN length(h.born) >= 10 THEN substr(h.born, 1, 10) \
    WHEN h.born LIKE '____-__%' THEN substr(h.born, 1, 7) || '-15' \
    WHEN h.born LIKE '%?' THEN substr(h.born, 1, 4) || '-01-01' ELSE substr(h.born, 1, 4) || '-07-02' END";

/// The day on which a medal was won, or the last one on which it may have been.
const WON: &str = "COALESCE(a.won_on, d.ends_on, g.closed_on)";

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let days = match db.get_database_backend() {
        DbBackend::Postgres => format!("{WON} - CAST({BORN} AS date)"),
        _ => format!("CAST(julianday({WON}) - julianday({BORN}) AS integer)"),
    };
    let ages = format!(
        "SELECT a.id AS award_id, MIN({days}) AS youngest, MAX({days}) AS oldest \
         FROM medal_award a JOIN event_edition d ON d.id = a.edition_id JOIN games g ON g.id = d.games_id \
         JOIN medal_recipient r ON r.award_id = a.id JOIN athlete h ON h.id = r.athlete_id \
         WHERE h.born IS NOT NULL AND {WON} IS NOT NULL GROUP BY a.id"
    );
    let known = "SELECT r.award_id FROM medal_recipient r JOIN athlete h ON h.id = r.athlete_id WHERE h.born IS NOT NULL";
    AGES.replace(db, &ages, known).await
}
