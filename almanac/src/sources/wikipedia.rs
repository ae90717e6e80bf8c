//! English Wikipedia's list of the medals of Milano-Cortina 2026, an independent check.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{Folder, medal, named, open};
use crate::claim::{Claim, Source};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    event: String,
    medal: String,
    athlete: String,
    country: String,
}

pub(super) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let path = folder.path.join("milano-cortina-2026-wikipedia/scraped_details.json");
    let rows: Vec<Row> =
        serde_json::from_reader(open(&path)?).with_context(|| format!("{} is not the version that is known", path.display()))?;
    let mut claims: Vec<Claim> = Vec::new();
    // The list names neither sport nor gender. A gold medal that follows another medal begins the next event.
    let (mut event, mut last) = (0, None);
    for row in rows {
        let Some(medal) = medal(&row.medal) else { continue };
        let is_next = last.as_ref().is_none_or(|(title, before)| *title != row.event || (*before != medal && row.medal == "Gold"));
        event += usize::from(is_next);
        last = Some((row.event.clone(), medal));
        claims.push(Claim {
            source: Source::Wikipedia,
            games: "2026-winter".to_owned(),
            event: format!("{}|{event}", row.event),
            medal,
            nation: folder.nations.by_name(&row.country, 2026),
            people: vec![named(&row.athlete)],
            won_on: None,
        });
    }
    Ok(claims)
}
