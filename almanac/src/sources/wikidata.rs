//! The medallists of thirteen Summer Games, with their Wikidata ids and dates of birth.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Deserialize;

use super::{Folder, medal};
use crate::claim::{Claim, Named, Source};

const GAMES: [i32; 13] = [1960, 1964, 1976, 1988, 1992, 1996, 2000, 2004, 2008, 2012, 2016, 2020, 2024];

#[derive(Deserialize)]
struct Row {
    medalist_wikidata_id: String,
    medalist_name: String,
    medal: String,
    country_medal_ioc_country_code: String,
    date_of_birth: String,
    sex_or_gender: String,
    event_link: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for year in GAMES {
        let mut seen = BTreeSet::new();
        for row in folder.rows::<Row>(&format!("wikidata-medallists-edjnet/{year}_medalists_all.csv.gz"))? {
            let Some(medal) = medal(&row.medal) else { continue };
            // The file repeats a row for each region of a place of birth.
            if !seen.insert((row.medalist_wikidata_id.clone(), row.event_link.clone(), row.medal.clone())) {
                continue;
            }
            let event = row.event_link.rsplit('/').next().unwrap_or_default().replace('_', " ");
            let gender = match row.sex_or_gender.as_str() {
                "male" => Some('M'),
                "female" => Some('F'),
                _ => None,
            };
            claims.push(Claim {
                source: Source::Wikidata,
                games: format!("{year}-summer"),
                event: unescape(&event),
                medal,
                nation: folder.nations.by_code(&row.country_medal_ioc_country_code, year),
                people: vec![Named {
                    name: row.medalist_name,
                    born: row.date_of_birth.parse().ok(),
                    gender,
                    wikidata: Some(row.medalist_wikidata_id).filter(|id| id.starts_with('Q')),
                    code: None,
                }],
                won_on: None,
            });
        }
    }
    Ok(claims)
}

/// Undoes the percent signs of an address that titles contain.
fn unescape(text: &str) -> String {
    text.replace("%E2%80%93", "-").replace("%27", "'").replace("%C3%97", "x").replace("%C3%A9", "é").replace("%2B", "+")
}
