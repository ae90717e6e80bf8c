//! The command that derives the built-in medals: see the library.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

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
    let report = podium_almanac::derive(&options.data, &options.into).await?;
    Ok(std::io::stdout().write_all(report.as_bytes())?)
}
