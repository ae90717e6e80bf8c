//! The medallists of Milano-Cortina 2026: one row for every athlete with a medal.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Folder, join, medal};
use crate::claim::{Claim, Named, Source};

#[derive(Deserialize)]
struct Row {
    date: NaiveDate,
    medal: String,
    code: String,
    name: String,
    gender: String,
    country_code: String,
    discipline: String,
    event_name: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims: Vec<Claim> = Vec::new();
    for row in folder.rows::<Row>("milano-cortina-2026/medallists.csv")? {
        let Some(medal) = medal(&row.medal) else { continue };
        let claim = Claim {
            source: Source::MilanoCortina2026,
            games: "2026-winter".to_owned(),
            event: format!("{}|{}", row.discipline, row.event_name),
            medal,
            nation: folder.nations.by_code(&row.country_code, 2026),
            people: vec![Named { name: row.name, gender: row.gender.chars().next(), code: Some(row.code), ..Named::default() }],
            won_on: Some(row.date),
        };
        let (event, nation) = (claim.event.clone(), claim.nation.clone());
        join(&mut claims, claim, |other| other.event == event && other.medal == medal && other.nation == nation);
    }
    Ok(claims)
}
