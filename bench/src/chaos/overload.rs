//! Twice as many requests as can be answered.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::arrivals::{self, percentile};
use super::finding::{Finding, Plan};
use crate::questions;
use crate::server::{NOTHING_CACHED, Server};

/// How long to look for what can be answered.
const CALM: Duration = Duration::from_secs(8);

/// How many requests at once keep a server busy.
const CONNECTIONS: usize = 16;

/// Which part of what a busy server answers is a full load that it sustains.
const FULL: f64 = 0.8;

pub(super) fn attempt(trial: &'static str, plan: &Plan, url: &str) -> Result<Vec<Finding>> {
    // Without caches, which would hide the load.
    let mut server = Server::start_with(&plan.program, url, &NOTHING_CACHED)?;
    let questions = questions::read(&mut server, 100)?;
    let most = questions.iter().map(|question| question.bodies.len()).max().unwrap_or_default();
    // One of each kind after the other.
    let bodies: Vec<String> =
        (0..most).flat_map(|place| questions.iter().filter_map(move |question| question.bodies.get(place))).cloned().collect();
    let busy = crate::load::run(&server.address, &bodies, CONNECTIONS, CALM)?;
    #[expect(clippy::cast_precision_loss, reason = "there are not so many answers")]
    let sustained = busy.answers as f64 / busy.seconds;
    let full = arrivals::run(&server.address, &bodies, sustained * FULL, CALM)?;
    let before = server.memory();
    let (probes, over) = std::thread::scope(|scope| {
        let probing = scope.spawn(|| probe(&server.address, plan.overload));
        let over = arrivals::run(&server.address, &bodies, sustained * 2.0, plan.overload);
        (probing.join().unwrap_or_default(), over)
    });
    let over = over?;
    let after = server.memory();
    let ended = Instant::now();
    server.reconnect()?;
    server.ask(&bodies[0])?;
    let again = ended.elapsed();

    let part = over.answers_per_second() / sustained;
    let (calm, loaded) = (percentile(&full.answered, 99), percentile(&over.answered, 99));
    let refusal = percentile(&over.refused, 99);
    let ready = probes.iter().filter(|is_ready| **is_ready).count();
    Ok(vec![
        Finding::new(
            trial,
            format!("90 % of {sustained:.0} answers/s at twice as many requests"),
            format!("{:.0} %, {} refused, {} failed", part * 100.0, over.refused.len(), over.failed),
            part >= 0.9 && over.failed == 0,
        ),
        Finding::new(
            trial,
            format!("p99 of the accepted at most twice that of full load ({} ms) and what one may wait", calm.as_millis()),
            format!("{} ms, refusals {} ms", loaded.as_millis(), refusal.as_millis()),
            loaded <= calm * 2 + Duration::from_millis(500),
        ),
        Finding::new(
            trial,
            "memory grows by at most a tenth and 64 MiB",
            format!("{before:.0} to {after:.0} MiB"),
            after <= before * 1.1 + 64.0,
        ),
        Finding::new(
            trial,
            "ready all the time",
            format!("{ready} of {} probes", probes.len()),
            !probes.is_empty() && ready == probes.len(),
        ),
        Finding::new(
            trial,
            "full service within a second of its end",
            format!("{} ms to the next answer", again.as_millis()),
            again < Duration::from_secs(1),
        ),
    ])
}

/// Asks whether the server is ready, again and again; each must be answered within a second.
fn probe(address: &str, time: Duration) -> Vec<bool> {
    let (begun, mut probes) = (Instant::now(), Vec::new());
    while begun.elapsed() < time {
        let asked = Instant::now();
        let is_ready = crate::server::get(address, "/readyz").is_ok_and(|status| status == 200);
        probes.push(is_ready && asked.elapsed() < Duration::from_secs(1));
        std::thread::sleep(Duration::from_millis(200));
    }
    probes
}
