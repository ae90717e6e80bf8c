//! The medals of Olympedia, 1896 to 2026, with the day on which each event was decided.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Folder, medal, named};
use crate::claim::{Claim, Named, Source};

#[derive(Deserialize)]
struct Row {
    season: String,
    year: i32,
    month: u32,
    day: u32,
    sport: String,
    event: String,
    url: String,
    medal: String,
    winner: String,
    country: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    let mut seen = BTreeSet::new();
    for row in folder.rows::<Row>("olympedia-medals-1896-2026/olympic-medals.csv.gz")? {
        let is_bib = row.winner.chars().all(|letter| letter.is_ascii_digit() || letter == '/');
        let season = match row.season.as_str() {
            "Summer" | "Equestrian" => "summer",
            "Winter" => "winter",
            "Intercalated" => "intercalated",
            _ => continue,
        };
        let Some(medal) = medal(&row.medal).filter(|_| !is_bib) else { continue };
        let year = if row.year == 2021 { 2020 } else { row.year };
        let nation = folder.nations.by_name(&row.country, year);
        // A team under its nation's name, which may have a number for the crew.
        let is_team = row.winner == row.country || row.winner.starts_with(&row.country);
        if !seen.insert((row.url.clone(), row.medal.clone(), row.winner.clone(), row.country.clone())) {
            continue;
        }
        claims.push(Claim {
            source: Source::OlympediaMedals,
            games: format!("{year}-{season}"),
            event: format!("{}|{}|{}", row.sport, row.event, row.url),
            medal,
            nation,
            people: if is_team { Vec::new() } else { people(&row.winner) },
            won_on: NaiveDate::from_ymd_opt(row.year, row.month, row.day),
        });
    }
    Ok(claims)
}

/// The athletes in a list, in which a suffix such as `Jr.` also follows a comma.
fn people(winner: &str) -> Vec<Named> {
    let is_suffix = |part: &str| matches!(part.trim(), "Jr." | "Sr." | "II" | "III" | "IV" | "–" | "");
    winner.split(", ").filter(|part| !is_suffix(part)).map(named).collect()
}
