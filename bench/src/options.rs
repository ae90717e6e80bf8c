//! The options of the benchmark, from the arguments and the environment.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// What to measure.
#[derive(Debug)]
pub struct Options {
    /// The numbers of copies of the history, each measured on its own.
    pub copies: Vec<u32>,
    /// The least number of times that each document is asked.
    pub answers: u32,
    /// The connections that ask at the same time.
    pub connections: usize,
    /// The history, compressed.
    pub history: PathBuf,
    /// The program under test.
    pub program: PathBuf,
}

impl Options {
    /// Parses `1 3 10 --answers 40 --connections 32`, in any order.
    pub fn read(copies: &[u32]) -> Result<Self> {
        let mut options = Self { copies: Vec::new(), answers: 40, connections: 32, history: history()?, program: program()? };
        let mut arguments = env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                // Cargo passes this flag.
                "--bench" => {}
                "--answers" => options.answers = number(&arguments.next().context("--answers takes a number")?)?,
                "--connections" => options.connections = number(&arguments.next().context("--connections takes a number")?)? as usize,
                copies => options.copies.push(number(copies)?),
            }
        }
        if options.copies.is_empty() {
            options.copies = copies.to_vec();
        }
        Ok(options)
    }
}

fn number(argument: &str) -> Result<u32> {
    let number = argument.parse().ok().filter(|number| *number > 0);
    number.with_context(|| format!("`{argument}` is not a number of copies or answers; for example: 1 3 10 --answers 40"))
}

fn history() -> Result<PathBuf> {
    let folder = env::var_os("PODIUM_DATA").context("set PODIUM_DATA to the folder with athlete-events-1896-2016/athlete_events.csv.gz")?;
    let path = PathBuf::from(folder).join("athlete-events-1896-2016/athlete_events.csv.gz");
    if !path.is_file() {
        bail!("there is no {}, the history that is copied: set PODIUM_DATA to the folder above", path.display());
    }
    Ok(path)
}

/// The program that `PODIUM_BENCH_PROGRAM` names, or the release build next to this program, which is in `target/PROFILE/deps`.
pub fn program() -> Result<PathBuf> {
    let own = env::current_exe()?;
    let beside = || own.ancestors().nth(3).map(|target| target.join("release/podium"));
    let path = env::var_os("PODIUM_BENCH_PROGRAM").map(PathBuf::from).or_else(beside).context("this program lies nowhere")?;
    if !path.is_file() {
        bail!("there is no {}: cargo build --release -p podium makes it, or PODIUM_BENCH_PROGRAM names another", path.display());
    }
    Ok(path)
}

/// The program of the build that a test belongs to, which is in `target/PROFILE/deps`.
#[must_use]
pub fn program_of_this_build() -> PathBuf {
    let own = env::current_exe().unwrap_or_default();
    own.ancestors().nth(2).map(|target| target.join("podium")).unwrap_or_default()
}
