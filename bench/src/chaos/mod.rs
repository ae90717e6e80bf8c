//! Trials that make a server fail on purpose. Each states what is promised, and what was seen.

mod additions;
mod arrivals;
mod expensive;
mod finding;
mod full_disk;
mod importing;
mod killed;
mod no_files;
mod outage;
mod overload;
mod proxy;
mod search;
mod silent;
mod two_copies;

use std::path::Path;

use anyhow::{Context, Result};

use crate::server::Server;
use crate::{copies, postgres, sqlite, table};

pub use finding::{Finding, Plan};

/// The names of the trials that kill, on `SQLite`.
const KILLED: [&str; 2] = ["server killed", "import killed"];

/// Runs all trials over a new database.
pub fn run(plan: &Plan) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    let url = new_database(plan, folder.path())?;
    let mut findings = overload::attempt("overload", plan, &url).context("overload")?;
    findings.extend(on_postgres(plan)?);
    if let (Some(server), Some(history)) = (postgres::Server::find(), &plan.history) {
        let database = postgres::Database::create(&server, "overload")?;
        let file = folder.path().join("again.csv");
        copies::write(history, 1, &file)?;
        sqlite::import(&plan.program, &file, &database.url)?;
        findings.extend(overload::attempt("overload, PostgreSQL", plan, &database.url).context("overload of PostgreSQL")?);
        findings.push(importing::attempt("readers during an import, PostgreSQL", plan, &database.url).context("readers on PostgreSQL")?);
        let killed = ["server killed, PostgreSQL", "import killed, PostgreSQL"];
        findings.extend(killed::attempt(killed, plan, &database.url).context("killed on PostgreSQL")?);
    }
    findings.extend(expensive::attempt(plan, &url).context("expensive documents")?);
    findings.push(search::attempt(plan, &url).context("a search for expensive documents")?);
    findings.extend(silent::attempt(plan, &url).context("silent clients")?);
    findings.push(no_files::attempt(plan, &url).context("more clients than files")?);
    // The last ones, since they add to the data.
    findings.push(importing::attempt("readers during an import", plan, &url).context("readers")?);
    findings.extend(killed::attempt(KILLED, plan, &url).context("killed")?);
    findings.extend(full_disk::attempt(plan).context("a full disk")?);
    Ok(findings)
}

/// Runs the trials that do not measure how fast the machine is, so that every machine can run them.
pub fn run_short(plan: &Plan) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    let url = new_database(plan, folder.path())?;
    let mut findings = on_postgres(plan)?;
    findings.extend(killed::attempt(KILLED, plan, &url).context("killed")?);
    findings.extend(full_disk::attempt(plan).context("a full disk")?);
    findings.extend(silent::attempt(plan, &url).context("silent clients")?);
    findings.push(no_files::attempt(plan, &url).context("more clients than files")?);
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
    drop(Server::start_with(&plan.program, &url, plan.new_database())?);
    Ok(url)
}

/// The trials that need PostgreSQL.
fn on_postgres(plan: &Plan) -> Result<Vec<Finding>> {
    let Some(server) = postgres::Server::find() else { return Ok(Vec::new()) };
    let mut findings = outage::attempt(plan, &server).context("a lost database")?;
    findings.extend(two_copies::attempt(plan, &server).context("two copies")?);
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
