//! Documents that ask for little and cost much: each is answered or given up within its bounds.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::finding::{Finding, Plan};
use crate::process::own_memory;
use crate::server::{NOTHING_CACHED, Server};

/// The processor seconds that a request may take.
const MAX_CPU: f64 = 1.3;

/// The memory that a request may take, in MiB: 64, and the 16 of the cache that a connection to SQLite fills once.
const MAX_MEMORY: f64 = 80.0;

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
        ("tables of fifty times", aliases(50, "medalTable(filter: { years: { from: # } }) { rows(first: 200) { nation { slug } total } }")),
    ]
}

pub(super) fn attempt(plan: &Plan, url: &str) -> Result<Vec<Finding>> {
    documents().into_iter().map(|(trial, document)| ask(plan, url, trial, &document)).collect()
}

fn ask(plan: &Plan, url: &str, trial: &'static str, document: &str) -> Result<Finding> {
    // A server of its own, so that its memory tells of this document alone.
    let mut server = Server::start_with(&plan.program, url, &NOTHING_CACHED)?;
    server.ask(r#"{"query":"{ sports { slug } }"}"#)?;
    server.settle()?;
    let cpu = server.cpu()?;
    let (is_done, process) = (AtomicBool::new(false), server.id());
    let (answer, memory) = std::thread::scope(|scope| {
        let watch = scope.spawn(|| growth(process, &is_done));
        let answer = server.ask(&json!({ "query": document }).to_string());
        is_done.store(true, Ordering::Relaxed);
        (answer, watch.join().unwrap_or(f64::NAN))
    });
    let answer = String::from_utf8(answer?)?;
    let outcome = match answer.split("\"code\":\"").nth(1).and_then(|code| code.split('"').next()) {
        Some(code) => format!("given up with {code}"),
        None => "answered".to_owned(),
    };
    // What was given up must not go on.
    std::thread::sleep(Duration::from_millis(500));
    let cpu = server.cpu()? - cpu;
    Ok(Finding::new(
        trial,
        format!("at most {MAX_CPU} CPU s and {MAX_MEMORY} MiB"),
        format!("{outcome} after {cpu:.2} CPU s and {memory:.0} MiB"),
        cpu <= MAX_CPU && memory <= MAX_MEMORY,
    ))
}

/// How much the memory of a process grows until something is done, in MiB.
fn growth(process: u32, is_done: &AtomicBool) -> f64 {
    let memory = || own_memory(process).unwrap_or(f64::NAN);
    let (before, mut most) = (memory(), 0.0_f64);
    while !is_done.load(Ordering::Relaxed) {
        most = most.max(memory() - before);
        std::thread::sleep(Duration::from_millis(2));
    }
    most
}
