//! Trials that make a server fail on purpose. Each states what is promised, and what was seen.

mod arrivals;
mod overload;
mod silent;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::server::Server;
use crate::{copies, sqlite, table};

/// How much to try.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program under test.
    pub program: PathBuf,
    /// The history that the databases hold; none for the built-in data alone.
    pub history: Option<PathBuf>,
    /// How long an overload lasts.
    pub overload: Duration,
    /// How many connections are silent.
    pub silent: usize,
}

/// A promise, and what was seen of it.
#[derive(Debug)]
pub struct Finding {
    trial: &'static str,
    promise: String,
    seen: String,
    /// Whether the promise was kept.
    pub is_kept: bool,
}

impl Finding {
    fn new(trial: &'static str, promise: impl Into<String>, seen: impl Into<String>, is_kept: bool) -> Self {
        Self { trial, promise: promise.into(), seen: seen.into(), is_kept }
    }
}

/// Runs all trials over a new database.
pub fn run(plan: &Plan) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    let url = sqlite::url(&folder.path().join("podium.db"));
    if let Some(history) = &plan.history {
        let file = folder.path().join("history.csv");
        copies::write(history, 1, &file)?;
        sqlite::import(&plan.program, &file, &url)?;
    }
    // The first start fills a new database.
    drop(Server::start_with(&plan.program, &url, &[])?);
    let mut findings = overload::attempt(plan, &url).context("overload")?;
    findings.extend(silent::attempt(plan, &url).context("silent clients")?);
    Ok(findings)
}

/// A table of the findings.
#[must_use]
pub fn render(findings: &[Finding]) -> String {
    let lines: Vec<Vec<String>> = findings
        .iter()
        .map(|finding| {
            let kept = if finding.is_kept { "yes" } else { "NO" };
            vec![finding.trial.to_owned(), finding.promise.clone(), finding.seen.clone(), kept.to_owned()]
        })
        .collect();
    table::render("Chaos", &["trial", "promised", "seen", "kept"], &lines)
}
