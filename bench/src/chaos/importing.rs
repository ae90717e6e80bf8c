//! Readers while an import changes the database: they get the old data until the commit, and wait for nobody.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::additions;
use super::finding::{Finding, Plan};
use crate::child;
use crate::server::{NOTHING_CACHED, Server};

/// It reads what is added.
const QUESTION: &str = r#"{"query":"{ athletes(first: 3, orderBy: { field: MEDALS, direction: DESC }) { totalCount nodes { name medals { medal } } } about { dataVersion } }"}"#;

/// How long a reader may wait.
const MAX_WAIT: Duration = Duration::from_secs(1);

/// How many athletes are imported.
const ATHLETES: usize = 60_000;

pub(super) fn attempt(trial: &'static str, plan: &Plan, url: &str) -> Result<Finding> {
    let folder = tempfile::tempdir()?;
    additions::write(folder.path(), "read", ATHLETES)?;
    let mut server = Server::start_with(&plan.program, url, &NOTHING_CACHED)?;
    let mut command = additions::import(&plan.program, folder.path(), url);
    let importing = thread::spawn(move || child::run(&mut command));
    let (mut answers, mut longest, mut count) = (vec![server.ask(QUESTION)?], Duration::ZERO, 0);
    while !importing.is_finished() {
        let asked = Instant::now();
        // An answer that is not 200 is an error, and ends the trial.
        answers.push(server.ask(QUESTION)?);
        (longest, count) = (longest.max(asked.elapsed()), count + 1);
        answers.dedup();
    }
    let import = importing.join().ok().context("an import that ends")??;
    answers.push(server.ask(QUESTION)?);
    answers.dedup();
    Ok(Finding::new(
        trial,
        format!("nobody waits longer than {} s, and each answer is the old or the new one", MAX_WAIT.as_secs()),
        format!(
            "{count} answers in the {:.1} s of the import, {} different ones, after {} ms at most",
            import.wall,
            answers.len(),
            longest.as_millis()
        ),
        longest < MAX_WAIT && answers.len() == 2 && count > 0,
    ))
}
