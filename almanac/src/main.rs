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
mod versions;
mod votes;
mod write;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

use decisions::Decisions;

/// Derives the built-in medals of all Games. Nothing is written while lists contradict each other and no decision says which is right.
#[derive(Parser)]
struct Options {
    /// The folder with the sources.
    #[arg(long, env = "PODIUM_DATA")]
    data: PathBuf,
    /// The folder that the files are written to.
    #[arg(long, default_value = "seed/almanac")]
    into: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    versions::check(&options.data)?;
    let mut known = known::read(&options.data).await?;
    let folder = sources::Folder { path: &options.data, nations: &known.nations };
    let claims = sources::read(&folder)?;
    let beijing = sources::beijing_2022::read(&folder)?;
    newer::add(&mut known, &claims)?;
    let labels = programme::labels(&claims);
    let (pairs, unpaired) = programme::pair(&known, &labels)?;
    let (votes, mut sightings) = votes::count(&mut known, &labels, &pairs);
    let decisions = Decisions::read(&decisions::COMMITTED, &known)?;
    for decision in &decisions.teams {
        decision.apply(&mut known);
    }
    let ambiguous = people::identify(&mut known, &mut sightings, &decisions.people, &beijing);
    report::refuse_open_questions(&known, &votes, &decisions, &ambiguous)?;
    let report = write::write(&options.into, &known, &votes, &sightings, &decisions)?;
    let unpaired: Vec<&programme::Label<'_>> = unpaired.into_iter().map(|place| &labels[place]).collect();
    let told = report::tell(&report, &known, &votes, &decisions, &unpaired);
    Ok(std::io::stdout().write_all(told.as_bytes())?)
}
