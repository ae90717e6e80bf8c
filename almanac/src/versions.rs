//! The versions of the source files from which the almanac is derived. Another version may say other things, so it is refused.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const VERSIONS: &str = include_str!("../sources.csv");

/// A source file, by its path below the folder of the sources.
#[derive(Deserialize)]
struct Version {
    file: String,
    sha256: String,
}

/// Refuses source files that are missing, or whose bytes are not those that were reviewed.
pub(crate) fn check(data: &Path) -> Result<()> {
    for version in csv::Reader::from_reader(VERSIONS.as_bytes()).into_deserialize() {
        let Version { file, sha256 } = version.context("sources.csv")?;
        let path = data.join(&file);
        let found = digest(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        ensure!(
            found == sha256,
            "{} is not the version that is known: its SHA-256 is {found}. Get the known version; or review what changed, and put the new \
             digest into almanac/sources.csv",
            path.display()
        );
    }
    Ok(())
}

fn digest(path: &Path) -> io::Result<String> {
    Ok(Sha256::digest(std::fs::read(path)?).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")))
}
