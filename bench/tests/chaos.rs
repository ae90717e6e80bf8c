//! A short form of `make chaos`, so that it cannot rot: a database that goes away, a full disk, programs that are killed,
//! and clients that hold connections.

use std::time::Duration;

use podium_bench::chaos::{self, Plan};
use podium_bench::options::program_of_this_build;

#[test]
fn promises_are_kept() {
    let program = program_of_this_build();
    if !program.is_file() {
        eprintln!("\n*** SKIPPED: {} is not built, so nothing was made to fail\n", program.display());
        return;
    }
    let plan = Plan { program, history: None, overload: Duration::ZERO, search: Duration::ZERO, silent: 500 };
    let findings = chaos::run_short(&plan).expect("the trials run");
    assert!(findings.len() >= 4 && findings.iter().all(|finding| finding.is_kept), "{}", chaos::render(&findings));
}
