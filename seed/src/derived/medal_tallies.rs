//! How many medals each nation won at each Games.

use sea_orm::{ConnectionTrait, DbErr};

const TALLIES: &str = "INSERT INTO medal_tally (games_id, nation_id, gold, silver, bronze) \
                       SELECT d.games_id, a.nation_id, SUM(CASE a.medal WHEN 'GOLD' THEN 1 ELSE 0 END), \
                       SUM(CASE a.medal WHEN 'SILVER' THEN 1 ELSE 0 END), SUM(CASE a.medal WHEN 'BRONZE' THEN 1 ELSE 0 END) \
                       FROM medal_award a JOIN event_edition d ON d.id = a.edition_id \
                       WHERE d.status = 'MEDAL' AND a.status <> 'VACANT' AND a.valid_to IS NULL AND a.nation_id IS NOT NULL \
                       GROUP BY d.games_id, a.nation_id";

/// Counts all of them again: they are about two thousand.
pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    db.execute_unprepared("DELETE FROM medal_tally").await?;
    db.execute_unprepared(TALLIES).await.map(drop)
}
