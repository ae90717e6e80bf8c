//! A short form of the comparison, so that it cannot rot: the same answers in every mode and from one statement, on the sample of built-in data.

use std::time::Duration;

use podium_bench::comparison::{self, Plan};
use podium_bench::options::program_of_this_build;
use podium_bench::{baseline, postgres};

/// Not a test of the usual kind: this program is started again as a baseline.
fn main() {
    baseline::serve_if_asked().expect("a baseline");
    let program = program_of_this_build();
    if !program.is_file() {
        eprintln!("\n*** SKIPPED: {} is not built, so nothing was compared\n", program.display());
        return;
    }
    let plan = Plan { time: Duration::from_millis(100), repeats: 1, variants: 10, connections: 4 };
    let tables = comparison::compare(&program, None, postgres::Server::find().as_ref(), plan).expect("a comparison");
    let questions = tables.lines().filter(|line| line.starts_with("### ")).count();
    assert_eq!(questions, 5, "{tables}");
}
