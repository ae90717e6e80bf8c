//! Derives the built-in medals of all Games from the lists of medals and the editors' decisions. See `seed/almanac/README.md`.

mod agreement;
mod claim;
mod decisions;
mod known;
mod names;
mod newer;
mod people;
mod programme;
mod sources;
mod votes;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

/// Derives the built-in medals of all Games.
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
    let mut known = known::read(&options.data).await?;
    println!("{} people, {} editions", known.people.len(), known.editions.len());
    let folder = sources::Folder { path: &options.data, nations: &known.nations };
    let claims = sources::read(&folder)?;
    let beijing = sources::beijing_2022::read(&folder)?;
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for claim in &claims {
        *counts.entry(format!("{:?}", claim.source)).or_default() += 1;
        if claim.nation.is_empty() {
            *unknown.entry(format!("{} {} {:?}", claim.source, claim.games, claim.people.len())).or_default() += 1;
        }
    }
    println!("{counts:?}\nwithout nation: {unknown:?}");
    newer::add(&mut known, &claims)?;
    let labels = programme::labels(&claims);
    let (pairs, unpaired) = programme::pair(&known, &labels)?;
    for place in unpaired {
        println!("unpaired {} {} {}", labels[place].source, labels[place].games, labels[place].event);
    }
    let (votes, mut sightings) = votes::count(&mut known, &labels, &pairs);
    let decisions = decisions::read(&known)?;
    for decision in &decisions.teams {
        decision.apply(&mut known);
    }
    for ambiguous in people::identify(&mut known, &mut sightings, &decisions.people, &beijing) {
        println!("ambiguous {ambiguous}");
    }
    let report = write::write(&options.into, &known, &votes, &sightings, &decisions)?;
    println!("{report:?}");
    agreement::show(&known, &votes, &decisions);
    Ok(())
}
