//! Benchmarks the five questions. `bench/README.md` says how to run this, and what the columns of the tables mean.

use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use podium_bench::comparison::{self, Plan};
use podium_bench::options::Options;
use podium_bench::{baseline, copies, postgres};

fn main() -> ExitCode {
    match baseline::serve_if_asked().and_then(|()| run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let options = Options::read(&[1])?;
    let server = postgres::Server::find();
    for number in &options.copies {
        let folder = tempfile::tempdir()?;
        let history = folder.path().join("history.csv");
        copies::write(&options.history, *number, &history)?;
        let plan = Plan { time: Duration::from_secs(2), repeats: 3, variants: 100, connections: options.connections };
        let tables = comparison::compare(&options.program, Some(&history), server.as_ref(), plan)?;
        writeln!(stdout(), "## {number} times the history, {} connections\n\n{tables}", options.connections)?;
    }
    Ok(())
}
