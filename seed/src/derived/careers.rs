//! The career totals of each athlete: entries, medals, years.

use podium_entity::athlete_career::bit;
use podium_entity::games::Season;
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr, Iterable};

use super::medal_counts::MEDALS;
use super::table::DerivedTable;

const CAREERS: DerivedTable<'_> = DerivedTable {
    name: "athlete_career",
    key: "athlete_id",
    columns: &["games", "nations", "span", "seasons", "medals", "medal_seasons", "golds", "silvers", "first_medal_year", "last_medal_year"],
};

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let seasons = Season::iter().map(|season| format!("MAX(CASE g.season WHEN '{}' THEN {} ELSE 0 END)", season.to_value(), bit(season)));
    let seasons = seasons.collect::<Vec<_>>().join(" + ");
    let entered = format!(
        "SELECT m.athlete_id, COUNT(DISTINCT d.games_id) AS games, COUNT(DISTINCT m.nation_id) AS nations, \
         MAX(g.year) - MIN(g.year) AS span, {seasons} AS seasons \
         FROM entry_member m JOIN event_edition d ON d.id = m.edition_id JOIN games g ON g.id = d.games_id GROUP BY m.athlete_id"
    );
    let won = format!(
        "SELECT r.athlete_id, COUNT(*) AS medals, {seasons} AS medal_seasons, \
         SUM(CASE a.medal WHEN 'GOLD' THEN 1 ELSE 0 END) AS golds, SUM(CASE a.medal WHEN 'SILVER' THEN 1 ELSE 0 END) AS silvers, \
         MIN(g.year) AS first_medal_year, MAX(g.year) AS last_medal_year \
         FROM {MEDALS} JOIN medal_recipient r ON r.award_id = a.id GROUP BY r.athlete_id"
    );
    let careers = format!(
        "SELECT entered.athlete_id, games, nations, span, seasons, COALESCE(medals, 0) AS medals, \
         COALESCE(medal_seasons, 0) AS medal_seasons, COALESCE(golds, 0) AS golds, COALESCE(silvers, 0) AS silvers, \
         COALESCE(first_medal_year, 0) AS first_medal_year, COALESCE(last_medal_year, 0) AS last_medal_year \
         FROM ({entered}) AS entered LEFT JOIN ({won}) AS won ON won.athlete_id = entered.athlete_id"
    );
    CAREERS.replace(db, &careers, "SELECT athlete_id FROM entry_member").await
}
