//! Documents that ask for little and cost much: each is answered or given up within its bounds.

use std::fmt::{self, Display, Formatter};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use super::finding::{Finding, Plan};
use crate::process::own_memory;
use crate::server::{NOTHING_CACHED, Server};

/// The processor seconds that a request may take.
const MAX_CPU: f64 = 1.0;

/// The memory that a request may take, in MiB, including the page cache of 16 MiB that a connection to SQLite fills once.
const MAX_MEMORY: f64 = 64.0;

/// The most expensive documents that were found.
fn documents() -> Vec<(&'static str, String)> {
    let aliases = |count: usize, field: &str| {
        let fields: Vec<String> =
            (0..count).map(|number| format!("a{number}: {}", field.replace('#', &(1900 + number).to_string()))).collect();
        format!("{{ {} }}", fields.join(" "))
    };
    vec![
        (
            "who won nothing, of each nation",
            "{ nations(first: 100) { nodes { athletes(filter: { medalist: false }, first: 1) { nodes { slug } } } } }".to_owned(),
        ),
        (
            "who won nothing, at each Games",
            "{ allGames(first: 100) { nodes { athletes(filter: { medalist: false }) { totalCount } } } }".to_owned(),
        ),
        (
            "the athletes of each Games by birth",
            "{ allGames(first: 100) { nodes { athletes(first: 100, orderBy: { field: BORN }) { nodes { slug } } } } }".to_owned(),
        ),
        (
            "ten lists of athletes from their end",
            aliases(
                10,
                "athletes(last: 100, filter: { season: [SUMMER], years: { from: # } }, orderBy: { field: MEDALS }) { totalCount nodes { slug } }",
            ),
        ),
        (
            "tables with all who took part",
            "{ sports { medalTable(includeZero: true) { nationCount } disciplines { medalTable(includeZero: true) { nationCount } } } }"
                .to_owned(),
        ),
        (
            "nine lists of medallists from their end",
            aliases(9, "multipleMedalists(minMedals: 1, last: 100, filter: { years: { from: # } }) { totalCount nodes { total } }"),
        ),
        (
            "the delegations of each Games, counted twenty-five times",
            aliases(25, "allGames(first: 100, filter: { years: { to: 2026 } }) { nodes { delegationCount } }"),
        ),
        ("tables of fifty times", aliases(50, "medalTable(filter: { years: { from: # } }) { rows(first: 200) { nation { slug } total } }")),
    ]
}

pub(super) fn attempt(plan: &Plan, url: &str) -> Result<Vec<Finding>> {
    documents().into_iter().map(|(trial, document)| Ok(ask(plan, url, &document)?.finding(trial, ""))).collect()
}

/// What a document cost.
pub(super) struct Cost {
    /// The code of the first error, if there is one.
    code: Option<String>,
    /// The processor seconds of the server before.
    begun_at: f64,
    cpu: f64,
    /// In MiB.
    memory: f64,
}

impl Cost {
    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What part it takes of what it may cost.
    pub(super) fn share(&self) -> f64 {
        f64::max(self.cpu / MAX_CPU, self.memory / MAX_MEMORY)
    }

    pub(super) fn finding(&self, trial: &'static str, before: &str) -> Finding {
        Finding::new(trial, format!("at most {MAX_CPU} CPU s and {MAX_MEMORY} MiB"), format!("{before}{self}"), self.share() <= 1.0)
    }
}

impl Display for Cost {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(text, "given up with {code}")?,
            None => write!(text, "answered")?,
        }
        write!(text, " after {:.2} CPU s and {:.0} MiB", self.cpu, self.memory)
    }
}

/// Asks a server of its own, so that its memory tells of this document alone.
pub(super) fn ask(plan: &Plan, url: &str, document: &str) -> Result<Cost> {
    let mut server = Server::start_with(&plan.program, url, &NOTHING_CACHED)?;
    server.ask(r#"{"query":"{ sports { slug } }"}"#)?;
    server.settle()?;
    let cost = measure(&mut server, document)?;
    // What was given up must not go on.
    std::thread::sleep(Duration::from_millis(500));
    Ok(Cost { cpu: server.cpu()? - cost.begun_at, ..cost })
}

/// Asks, and watches what it costs.
pub(super) fn measure(server: &mut Server, document: &str) -> Result<Cost> {
    let (is_done, process, begun_at) = (AtomicBool::new(false), server.id(), server.cpu()?);
    let (answer, memory) = std::thread::scope(|scope| {
        let watch = scope.spawn(|| growth(process, &is_done));
        let answer = server.ask(&json!({ "query": document }).to_string());
        is_done.store(true, Ordering::Relaxed);
        (answer, watch.join())
    });
    let memory = memory.ok().flatten().context("the memory of the server")?;
    let answer = String::from_utf8(answer?)?;
    let code = answer.split("\"code\":\"").nth(1).and_then(|code| code.split('"').next()).map(str::to_owned);
    Ok(Cost { code, begun_at, cpu: server.cpu()? - begun_at, memory })
}

/// How much the memory of a process grows until something is done, in MiB; `None` when the process ends.
fn growth(process: u32, is_done: &AtomicBool) -> Option<f64> {
    let (before, mut most) = (own_memory(process)?, 0.0_f64);
    while !is_done.load(Ordering::Relaxed) {
        most = most.max(own_memory(process)? - before);
        std::thread::sleep(Duration::from_millis(2));
    }
    Some(most)
}
