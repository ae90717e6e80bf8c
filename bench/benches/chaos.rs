//! Makes a server fail on purpose, and tells what it keeps of its promises. `bench/README.md` says how to run this.

use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, ensure};
use podium_bench::chaos::{self, Plan};
use podium_bench::options::Options;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The argument is the minutes that an overload and the search for expensive documents last; one without.
fn run() -> Result<()> {
    let options = Options::read(&[1])?;
    let minutes = options.copies.first().copied().unwrap_or(1);
    let overload = Duration::from_mins(minutes.into());
    let plan = Plan { program: options.program, history: Some(options.history), overload, search: overload, silent: 10_000 };
    let findings = chaos::run(&plan)?;
    writeln!(stdout(), "{}", chaos::render(&findings))?;
    ensure!(findings.iter().all(|finding| finding.is_kept), "some promises were not kept");
    Ok(())
}
