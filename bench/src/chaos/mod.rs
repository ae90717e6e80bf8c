//! Trials that make a server fail on purpose. Each states what is promised, and what was seen.

mod arrivals;
mod dear;
mod finding;
mod outage;
mod overload;
mod proxy;
mod silent;

use anyhow::{Context, Result};

use crate::server::Server;
use crate::{copies, postgres, sqlite, table};

pub use finding::{Finding, Plan};

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
    if let Some(server) = postgres::Server::find() {
        findings.extend(outage::attempt(plan, &server).context("a lost database")?);
    }
    findings.extend(dear::attempt(plan, &url).context("dear documents")?);
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
