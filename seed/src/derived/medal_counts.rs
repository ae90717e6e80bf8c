//! The medal count of each search term, by which search results and lists are ordered.

use podium_entity::search_term::SearchKind;
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr};

/// The medals that count by default: currently held, and won at official Olympic Games.
pub(super) const MEDALS: &str = "\
medal_award a JOIN event_edition d ON d.id = a.edition_id AND d.status = 'MEDAL' AND a.status <> 'VACANT' AND a.valid_to IS NULL \
JOIN games g ON g.id = d.games_id AND g.kind = 'OLYMPIC' AND g.recognition = 'OFFICIAL'";

/// How to find the holder of a medal, for each kind of subject: further joins, and the column of the holder.
const HOLDERS: [(SearchKind, &str, &str); 7] = [
    (SearchKind::Athlete, "JOIN medal_recipient r ON r.award_id = a.id", "r.athlete_id"),
    (SearchKind::Nation, "", "a.nation_id"),
    (SearchKind::Games, "", "d.games_id"),
    (SearchKind::Event, "", "d.event_id"),
    (SearchKind::EventFamily, "JOIN event e ON e.id = d.event_id", "e.family_id"),
    (SearchKind::Discipline, "JOIN event e ON e.id = d.event_id JOIN event_family f ON f.id = e.family_id", "f.discipline_id"),
    (
        SearchKind::Sport,
        "JOIN event e ON e.id = d.event_id JOIN event_family f ON f.id = e.family_id JOIN discipline c ON c.id = f.discipline_id",
        "c.sport_id",
    ),
];

/// Recounts the medals that search results and lists are ordered by.
pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    for (kind, joined, holder) in HOLDERS {
        let kind = kind.to_value();
        let counted = format!("SELECT {holder} AS subject, COUNT(*) AS medals FROM {MEDALS} {joined} GROUP BY {holder}");
        let held = format!(
            "UPDATE search_term SET weight = counted.medals FROM ({counted}) AS counted \
             WHERE search_term.subject_id = counted.subject AND search_term.weight <> counted.medals"
        );
        let lost = format!(
            "UPDATE search_term SET weight = 0 WHERE kind = '{kind}' AND weight > 0 AND subject_id NOT IN (SELECT {holder} FROM {MEDALS} {joined} WHERE {holder} IS NOT NULL)"
        );
        db.execute_unprepared(&held).await?;
        db.execute_unprepared(&lost).await?;
    }
    Ok(())
}
