//! Trials that make a server fail on purpose. Each states what is promised, and what was seen.

mod arrivals;
mod dear;
mod finding;
mod outage;
mod overload;
mod proxy;
mod silent;

use std::path::Path;

use anyhow::{Context, Result};

use crate::server::Server;
use crate::{copies, postgres, sqlite, table};

pub use finding::{Finding, Plan};

/// Runs all trials over a new database.
pub fn run(plan: &Plan) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    let url = new_database(plan, folder.path())?;
    let mut findings = overload::attempt(plan, &url).context("overload")?;
    findings.extend(lost_database(plan)?);
    findings.extend(dear::attempt(plan, &url).context("dear documents")?);
    findings.extend(silent::attempt(plan, &url).context("silent clients")?);
    Ok(findings)
}

/// Runs the trials that do not measure how fast the machine is, so that every machine can run them.
pub fn run_short(plan: &Plan) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    let url = new_database(plan, folder.path())?;
    let mut findings = lost_database(plan)?;
    findings.extend(silent::attempt(plan, &url).context("silent clients")?);
    Ok(findings)
}

/// The URL of a new database with the history, as far as it is wanted.
fn new_database(plan: &Plan, folder: &Path) -> Result<String> {
    let url = sqlite::url(&folder.join("podium.db"));
    if let Some(history) = &plan.history {
        let file = folder.join("history.csv");
        copies::write(history, 1, &file)?;
        sqlite::import(&plan.program, &file, &url)?;
    }
    // The first start fills a new database.
    drop(Server::start_with(&plan.program, &url, &[])?);
    Ok(url)
}

fn lost_database(plan: &Plan) -> Result<Vec<Finding>> {
    match postgres::Server::find() {
        Some(server) => outage::attempt(plan, &server).context("a lost database"),
        None => Ok(Vec::new()),
    }
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
