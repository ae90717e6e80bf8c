//! The medals of olympics.com, 1896 to 2022. Pairs have a row for each athlete, larger teams one row without athletes.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{Folder, join, medal, named};
use crate::claim::{Claim, Source};

#[derive(Deserialize)]
struct Host {
    #[serde(rename = "game_slug")]
    slug: String,
    #[serde(rename = "game_season")]
    season: String,
    #[serde(rename = "game_year")]
    year: i32,
}

#[derive(Deserialize)]
struct Row {
    discipline_title: String,
    slug_game: String,
    event_title: String,
    medal_type: String,
    participant_type: String,
    participant_title: String,
    athlete_full_name: String,
    country_3_letter_code: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let hosts = folder.rows::<Host>("olympics-com-1896-2022/olympic_hosts.csv")?;
    let games: HashMap<String, (i32, String)> =
        hosts.into_iter().map(|host| (host.slug, (host.year, format!("{}-{}", host.year, host.season.to_lowercase())))).collect();
    let mut claims: Vec<Claim> = Vec::new();
    let mut teams: Vec<String> = Vec::new();
    for row in folder.rows::<Row>("olympics-com-1896-2022/olympic_medals.csv.gz")? {
        let (year, key) = games.get(&row.slug_game).with_context(|| format!("olympics-com knows no Games `{}`", row.slug_game))?;
        let Some(medal) = medal(&row.medal_type) else { continue };
        let claim = Claim {
            source: Source::OlympicsCom,
            games: key.clone(),
            event: format!("{}|{}", row.discipline_title, row.event_title),
            medal,
            nation: folder.nations.by_code(&row.country_3_letter_code, *year),
            people: Some(named(&row.athlete_full_name)).filter(|person| !person.name.is_empty()).into_iter().collect(),
            won_on: None,
        };
        let (event, nation, team) = (claim.event.clone(), claim.nation.clone(), row.participant_title.clone());
        let before = claims.len();
        if row.participant_type == "GameTeam" && !claim.people.is_empty() {
            let place = teams.len() - teams.iter().rev().take(400).position(|other| *other == team).map_or(0, |back| back + 1);
            let is_known = place < teams.len();
            join(&mut claims, claim, |other| {
                is_known && other.games == *key && other.event == event && other.medal == medal && other.nation == nation
            });
        } else {
            claims.push(claim);
        }
        if claims.len() > before {
            teams.push(team);
        }
    }
    Ok(claims)
}
