//! A database that stops or hangs, and comes back, under load.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::arrivals::{self, percentile};
use super::finding::{Finding, Plan};
use super::proxy::{Behaviour, Proxy};
use crate::postgres::{self, Database};
use crate::server::{self, NOTHING_CACHED, Server};

/// A question that reads.
const QUESTION: &str = r#"{"query":"{ games(slug: \"2012-summer\") { name medalTable { rows(first: 3) { nation { code } total } } } }"}"#;

/// Questions a second: few enough for a debug build on a busy machine, since load is another trial.
const RATE: f64 = 20.0;

/// How long the database is unreachable.
const AWAY: Duration = Duration::from_secs(5);

/// How long the server may take to notice, and to be back.
const SOON: Duration = Duration::from_secs(3);
const BACK: Duration = Duration::from_secs(1);

pub(super) fn attempt(plan: &Plan, server: &postgres::Server) -> Result<Vec<Finding>> {
    let database = Database::create(server, "chaos")?;
    drop(Server::start_with(&plan.program, &database.url, plan.new_database())?);
    let (scheme, place) = database.url.split_once("://").context("a URL")?;
    let (user, place) = place.split_once('@').context("a user")?;
    let (host, name) = place.split_once('/').context("a name")?;
    let host = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
    let proxy = Proxy::before(&host)?;
    let url = format!("{scheme}://{user}@{}/{name}", proxy.address);
    let running = Server::start_with(&plan.program, &url, &NOTHING_CACHED)?;
    let trials =
        [("database stopped", Behaviour::IsAway), ("database stopped again", Behaviour::IsAway), ("database hangs", Behaviour::Hangs)];
    let mut findings = Vec::new();
    for (trial, behaviour) in trials {
        findings.extend(lose(trial, behaviour, &proxy, &running)?);
    }
    Ok(findings)
}

fn lose(trial: &'static str, behaviour: Behaviour, proxy: &Proxy, running: &Server) -> Result<Vec<Finding>> {
    let bodies = [QUESTION.to_owned()];
    let calm = arrivals::run(&running.address, &bodies, RATE, Duration::from_secs(1))?;
    proxy.behave(behaviour);
    let begun = Instant::now();
    let noticed = until(&running.address, 503, SOON * 2)?;
    let away = arrivals::run(&running.address, &bodies, RATE, AWAY.saturating_sub(begun.elapsed()))?;
    proxy.behave(Behaviour::Answers);
    let back = until(&running.address, 200, BACK * 5)?;
    let again = arrivals::run(&running.address, &bodies, RATE, Duration::from_secs(1))?;
    Ok(vec![
        Finding::new(
            trial,
            format!("noticed within {} s; then 503 at once", SOON.as_secs()),
            format!(
                "noticed after {} ms; {} refused within {} ms, {} failed",
                noticed.as_millis(),
                away.refused.len(),
                percentile(&away.refused, 99).as_millis(),
                away.failed
            ),
            noticed <= SOON && away.failed == 0 && away.answered.is_empty() && percentile(&away.refused, 99) < Duration::from_millis(100),
        ),
        Finding::new(
            trial,
            format!("full service {} s after it is back", BACK.as_secs()),
            format!(
                "ready after {} ms; then {} answered ({} before), {} refused, {} failed",
                back.as_millis(),
                again.answered.len(),
                calm.answered.len(),
                again.refused.len(),
                again.failed
            ),
            back <= BACK && again.failed == 0 && again.refused.is_empty(),
        ),
    ])
}

/// How long it takes until the probe has a status.
fn until(address: &str, status: u16, most: Duration) -> Result<Duration> {
    let begun = Instant::now();
    while server::get(address, "/readyz")? != status {
        if begun.elapsed() > most {
            return Ok(begun.elapsed());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(begun.elapsed())
}
