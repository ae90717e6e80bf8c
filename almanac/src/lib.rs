//! Derives the built-in medals of all Games from the lists of medals and the editors' decisions. See `seed/almanac/README.md`.

// Shares of a few words and people.
#![allow(clippy::cast_precision_loss)]

mod agreement;
mod claim;
mod decisions;
mod known;
mod names;
mod newer;
mod people;
mod programme;
mod report;
mod sources;
mod usual_name;
mod venues;
mod versions;
mod votes;
mod write;

use std::path::Path;

use anyhow::Result;

use decisions::Decisions;

/// Derives the medals from the sources in the folder `data`, and writes them into another. Returns a report of what was decided.
///
/// # Errors
/// When a source is missing or is another version than the known one, or lists contradict each other and no decision says which is right.
/// Nothing is written then.
pub async fn derive(data: &Path, into: &Path) -> Result<String> {
    versions::check(data)?;
    let mut known = known::read(data).await?;
    let folder = sources::Folder { path: data, nations: &known.nations };
    let claims = sources::read(&folder)?;
    let beijing = sources::beijing_2022::read(&folder)?;
    newer::add(&mut known, &claims)?;
    let labels = programme::labels(&claims);
    let (pairs, unpaired) = programme::pair(&known, &labels)?;
    let (votes, mut mentions) = votes::count(&mut known, &labels, &pairs);
    let decisions = Decisions::read(&decisions::COMMITTED, &known)?;
    for decision in &decisions.teams {
        decision.apply(&mut known);
    }
    let ambiguous = people::identify(&mut known, &mut mentions, &decisions.people, &beijing);
    report::refuse_open_questions(&known, &votes, &decisions, &ambiguous)?;
    let venues = venues::read(data, &known, &labels, &pairs)?;
    let written = write::write(into, &known, &votes, &mentions, &decisions, &venues)?;
    let unpaired: Vec<&programme::Label<'_>> = unpaired.into_iter().map(|place| &labels[place]).collect();
    Ok(report::tell(&written, &known, &votes, &decisions, &unpaired))
}
