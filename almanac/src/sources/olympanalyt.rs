//! The coded list of olympanalyt.com, 1896 to 2024 without 2020: one row a medal, with the whole team.

use anyhow::Result;
use serde::Deserialize;

use super::{Folder, medal, named};
use crate::claim::{Claim, Source};

#[derive(Deserialize)]
struct Row {
    season: String,
    year: Option<i32>,
    medal: String,
    country_code: String,
    athletes: String,
    sport: String,
    event_gender: String,
    event_name: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for row in folder.rows::<Row>("olympanalyt-1896-2024/all_olympic_medalists.csv")? {
        let (Some(medal), Some(year)) = (medal(&row.medal), row.year) else { continue };
        claims.push(Claim {
            source: Source::Olympanalyt,
            games: format!("{year}-{}", row.season.to_lowercase()),
            event: format!("{}|{}|{}", row.sport, row.event_gender, row.event_name),
            medal,
            nation: folder.nations.by_code(&row.country_code, year),
            people: row.athletes.split(',').map(named).filter(|person| !person.name.is_empty()).collect(),
            won_on: None,
        });
    }
    Ok(claims)
}
