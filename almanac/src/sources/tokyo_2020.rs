//! The results of Tokyo 2020: one row for every athlete in every event, with dates of birth.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Folder, join, medal};
use crate::claim::{Claim, Named, Source};

#[derive(Deserialize)]
struct Row {
    name: String,
    country: String,
    birth_date: String,
    discipline: String,
    gender: String,
    event_name: String,
    event_medal: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for row in folder.rows::<Row>("tokyo-2020-codes/athletes_results.csv")? {
        let Some(medal) = medal(&row.event_medal) else { continue };
        let claim = Claim {
            source: Source::Tokyo2020,
            games: "2020-summer".to_owned(),
            event: format!("{}|{}", row.discipline, row.event_name),
            medal,
            nation: folder.nations.by_name(&row.country, 2020),
            people: vec![Named {
                name: row.name,
                born: NaiveDate::parse_from_str(&row.birth_date, "%d %b %Y").ok(),
                gender: row.gender.chars().next(),
                ..Named::default()
            }],
            won_on: None,
        };
        claims.push(claim);
    }
    Ok(group(claims))
}

/// Rows of one event, medal and nation are one team. Who shared a medal alone is told apart by the other lists.
fn group(rows: Vec<Claim>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut rows = rows;
    rows.sort_by(|one, other| one.event.cmp(&other.event));
    for claim in rows {
        let (event, medal, nation) = (claim.event.clone(), claim.medal, claim.nation.clone());
        join(&mut claims, claim, |other| other.event == event && other.medal == medal && other.nation == nation);
    }
    claims
}
