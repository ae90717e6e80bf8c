//! The IOC's list of 1896 to 2014: one row for every athlete with a medal.

use anyhow::Result;
use serde::Deserialize;

use super::{Folder, medal, named};
use crate::claim::{Claim, Source};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    year: i32,
    discipline: String,
    athlete: String,
    country: String,
    gender: String,
    event: String,
    medal: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for (file, season) in [("summer.csv.gz", "summer"), ("winter.csv", "winter")] {
        for row in folder.rows::<Row>(&format!("ioc-medals-1896-2014/{file}"))? {
            let Some(medal) = medal(&row.medal) else { continue };
            claims.push(Claim {
                source: Source::IocMedals,
                games: format!("{}-{season}", row.year),
                event: format!("{}|{}|{}", row.discipline, row.gender, row.event),
                medal,
                nation: folder.nations.by_code(&row.country, row.year),
                people: if row.athlete.contains("Pending") { Vec::new() } else { vec![named(&row.athlete)] },
                won_on: None,
            });
        }
    }
    Ok(claims)
}
