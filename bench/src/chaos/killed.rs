//! A server and an import that are killed: what was committed is there, and nothing else.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::additions;
use super::arrivals;
use super::finding::{Finding, Plan};
use crate::child;
use crate::server::{NOTHING_CACHED, Server};

/// What shows that the data is as it was.
const QUESTION: &str =
    r#"{"query":"{ athletes { totalCount } about { dataVersion } athlete(slug: \"chris-hoy\") { name medals { medal } } }"}"#;

/// How often each is killed.
const TIMES: usize = 3;

/// How soon a server answers after it was killed.
const SOON: Duration = Duration::from_secs(2);

/// Kills a server and an import of the database at a URL.
pub(super) fn attempt([of_server, of_import]: [&'static str; 2], plan: &Plan, url: &str) -> Result<Vec<Finding>> {
    Ok(vec![server(of_server, plan, url)?, import(of_import, plan, url)?])
}

fn server(trial: &'static str, plan: &Plan, url: &str) -> Result<Finding> {
    let before = Server::start_with(&plan.program, url, &NOTHING_CACHED)?.ask(QUESTION)?;
    let (mut same, mut slowest) = (0, Duration::ZERO);
    for _ in 0..TIMES {
        let running = Server::start_with(&plan.program, url, &NOTHING_CACHED)?;
        let address = running.address.clone();
        let load = thread::spawn(move || arrivals::run(&address, &[QUESTION.to_owned()], 100.0, Duration::from_secs(1)));
        thread::sleep(Duration::from_millis(500));
        drop(running);
        let killed = Instant::now();
        let after = Server::start_with(&plan.program, url, &NOTHING_CACHED)?.ask(QUESTION)?;
        (same, slowest) = (same + usize::from(after == before), slowest.max(killed.elapsed()));
        let _ = load.join();
    }
    Ok(Finding::new(
        trial,
        format!("the same answers {} s later", SOON.as_secs()),
        format!("{same} of {TIMES} the same, after {} ms at most", slowest.as_millis()),
        same == TIMES && slowest < SOON,
    ))
}

fn import(trial: &'static str, plan: &Plan, url: &str) -> Result<Finding> {
    // So many take long enough to be killed in between.
    let athletes = if plan.history.is_some() { 60_000 } else { 10_000 };
    let folder = tempfile::tempdir()?;
    additions::write(folder.path(), "killed", athletes)?;
    let mut running = Server::start_with(&plan.program, url, &NOTHING_CACHED)?;
    let before = running.ask(QUESTION)?;
    let (mut same, mut cut) = (0, 0);
    for time in 1..=TIMES {
        let mut command = additions::import(&plan.program, folder.path(), url);
        let mut importing = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        thread::sleep(Duration::from_millis(200) * u32::try_from(time)?);
        cut += usize::from(importing.try_wait()?.is_none());
        importing.kill()?;
        importing.wait()?;
        same += usize::from(running.ask(QUESTION)? == before);
    }
    // And now to its end.
    child::run(&mut additions::import(&plan.program, folder.path(), url))?;
    let after = running.ask(QUESTION)?;
    ensure!(after != before, "an import that was not killed changed nothing");
    Ok(Finding::new(
        trial,
        "nothing of it is there, and the next one succeeds",
        format!("{cut} of {TIMES} cut off, {same} without a trace"),
        (cut, same) == (TIMES, TIMES),
    ))
}
