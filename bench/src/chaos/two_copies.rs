//! Two servers over one database: both see what another program writes.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::additions;
use super::finding::{Finding, Plan};
use crate::child;
use crate::postgres::{self, Database};
use crate::server::Server;

/// It counts what was added, and its answer is cached from before.
const QUESTION: &str = r#"{"query":"{ athletes { totalCount } }"}"#;

const TIMES: usize = 10;

/// How soon both see a change that was said to be done.
const SOON: Duration = Duration::from_millis(100);

pub(super) fn attempt(plan: &Plan, server: &postgres::Server) -> Result<Vec<Finding>> {
    let database = Database::create(server, "copies")?;
    let start = || Server::start_with(&plan.program, &database.url, plan.new_database());
    let mut copies = [start()?, start()?];
    let folder = tempfile::tempdir()?;
    let (mut seen, mut slowest) = (0, Duration::ZERO);
    for time in 0..TIMES {
        additions::write(folder.path(), &format!("copies{time}"), 1)?;
        let before = [copies[0].ask(QUESTION)?, copies[1].ask(QUESTION)?];
        child::run(&mut additions::import(&plan.program, folder.path(), &database.url))?;
        let done = Instant::now();
        for (copy, before) in copies.iter_mut().zip(before) {
            while copy.ask(QUESTION)? == before && done.elapsed() < SOON * 10 {}
        }
        (seen, slowest) = (seen + usize::from(done.elapsed() < SOON), slowest.max(done.elapsed()));
    }
    Ok(vec![Finding::new(
        "two copies",
        format!("both see an import {} ms after its program says that it is done", SOON.as_millis()),
        format!("{seen} of {TIMES}, after {} ms at most", slowest.as_millis()),
        seen == TIMES,
    )])
}
