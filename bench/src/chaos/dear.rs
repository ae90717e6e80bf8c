//! Documents that ask for little and cost much: each is answered or given up within its bounds.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::finding::{Finding, Plan};
use crate::server::{NOTHING_CACHED, Server};

/// The processor seconds that a request may take.
const MAX_CPU: f64 = 1.3;

/// The memory that a request may take, in MiB.
const MAX_MEMORY: f64 = 128.0;

/// The dearest documents that were found.
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
    let (cpu, memory) = (server.cpu()?, server.peak_memory());
    let answer = String::from_utf8(server.ask(&json!({ "query": document }).to_string())?)?;
    let outcome = match answer.split("\"code\":\"").nth(1).and_then(|code| code.split('"').next()) {
        Some(code) => format!("given up with {code}"),
        None => "answered".to_owned(),
    };
    // What was given up must not go on.
    std::thread::sleep(Duration::from_millis(500));
    let (cpu, memory) = (server.cpu()? - cpu, server.peak_memory() - memory);
    Ok(Finding::new(
        trial,
        format!("at most {MAX_CPU} CPU s and {MAX_MEMORY} MiB"),
        format!("{outcome} after {cpu:.2} CPU s and {memory:.0} MiB"),
        cpu <= MAX_CPU && memory <= MAX_MEMORY,
    ))
}
