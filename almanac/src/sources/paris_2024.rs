//! The medals of Paris 2024, with the day of each, and the athletes who received them.

use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Folder, medal};
use crate::claim::{Claim, Named, Source};

#[derive(Deserialize)]
struct MedalRow {
    medal_type: String,
    medal_date: NaiveDate,
    name: String,
    discipline: String,
    event: String,
    code: String,
    country_code: String,
}

#[derive(Deserialize)]
struct MemberRow {
    name: String,
    gender: String,
    birth_date: String,
    discipline: String,
    event: String,
    code_athlete: String,
    code_team: String,
    is_medallist: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut people: HashMap<(String, String, String), Vec<Named>> = HashMap::new();
    for row in folder.rows::<MemberRow>("paris-2024/medallists.csv")? {
        if row.is_medallist.eq_ignore_ascii_case("false") {
            continue;
        }
        let competitor = if row.code_team.is_empty() { row.code_athlete.clone() } else { row.code_team };
        people.entry((row.discipline, row.event, competitor)).or_default().push(Named {
            name: row.name,
            born: row.birth_date.parse().ok(),
            gender: row.gender.chars().next(),
            wikidata: None,
            code: Some(row.code_athlete),
        });
    }
    let mut claims = Vec::new();
    for row in folder.rows::<MedalRow>("paris-2024/medals.csv")? {
        let Some(medal) = medal(&row.medal_type) else { continue };
        // A team without a code has its nation before its name.
        let code = if row.country_code.is_empty() { row.code.chars().take(3).collect() } else { row.country_code };
        let alone = || vec![Named { name: row.name.clone(), code: Some(row.code.clone()), ..Named::default() }];
        claims.push(Claim {
            source: Source::Paris2024,
            games: "2024-summer".to_owned(),
            event: format!("{}|{}", row.discipline, row.event),
            medal,
            nation: folder.nations.by_code(&code, 2024),
            people: people.get(&(row.discipline.clone(), row.event.clone(), row.code.clone())).cloned().unwrap_or_else(alone),
            won_on: Some(row.medal_date),
        });
    }
    Ok(claims)
}
