//! The five questions, with everything cached, with rows cached and with nothing cached, on both databases, beside fixed bytes, one statement and
//! another GraphQL server.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process::cpu_of_all;
use crate::questions::{self, Question};
use crate::server::{NOTHING_CACHED, PATIENT, Server};
use crate::{baseline, load, peer, postgres, sqlite, table};

/// How much to measure.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The time of one run.
    pub time: Duration,
    /// How often each run is repeated; runs of all servers take turns.
    pub repeats: usize,
    /// How many different variables each question has.
    pub variants: usize,
    /// The connections that ask at the same time.
    pub connections: usize,
}

/// A server under test.
struct Contestant {
    name: String,
    server: Server,
    /// `None` for fixed bytes.
    database: Option<&'static str>,
}

impl Contestant {
    fn on(database: &'static str, what: &str, server: Server) -> Self {
        Self { name: format!("{database}, {what}"), server, database: Some(database) }
    }
}

const POSTGRES: &str = "PostgreSQL";
const ONE_STATEMENT: &str = "one statement";

/// The arguments of each mode.
const MODES: [(&str, &[&str]); 3] =
    [("all cached", &[]), ("rows cached", &["--answer-cache-mib", "0"]), ("nothing cached", &NOTHING_CACHED)];

/// What one server needed for one question.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    answers: usize,
    cpu: f64,
    seconds: f64,
    p50: f64,
    p99: f64,
    memory: f64,
}

/// The arguments for a quick start, where no history is measured.
const SMALL: [&str; 2] = ["--built-in", "sample"];

/// Imports a history into new databases and compares. Without one, the small built-in data is enough. Returns the tables.
pub fn compare(program: &Path, history: Option<&Path>, server: Option<&postgres::Server>, plan: Plan) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let database = server.map(|server| postgres::Database::create(server, "questions")).transpose()?;
    let urls: Vec<(&'static str, String)> = [("SQLite", sqlite::url(&folder.path().join("podium.db")))]
        .into_iter()
        .chain(database.iter().map(|database| (POSTGRES, database.url.clone())))
        .collect();
    let mut podium = Vec::new();
    for (name, url) in &urls {
        if let Some(history) = history {
            sqlite::import(program, history, url)?;
        }
        for (mode, arguments) in MODES {
            let data: &[&str] = if history.is_some() { &[] } else { &SMALL };
            let server =
                Server::start_with(program, url, &[arguments, &PATIENT, data].concat()).with_context(|| format!("{name}, {mode}"))?;
            podium.push(Contestant::on(name, mode, server));
        }
    }
    let peer = urls.iter().find(|(name, _)| *name == POSTGRES).map(|(_, url)| peer::mercurius(url)).transpose()?.flatten();
    let mut peers: Vec<Contestant> = peer.map(|server| Contestant::on(POSTGRES, "Mercurius", server)).into_iter().collect();
    let mut questions = questions::read(&mut podium[0].server, plan.variants)?;
    let mut tables = Vec::new();
    for question in &mut questions {
        questions::keep_plain_texts(&mut podium[0].server, question)?;
        let mut baselines = Vec::new();
        for (name, url) in &urls {
            baselines.push(Contestant::on(name, ONE_STATEMENT, baseline::one_statement(&question.name, url)?));
        }
        let longest = agree(podium.iter_mut().chain(&mut baselines).chain(&mut peers), question)?;
        let file = folder.path().join("fixed.json");
        std::fs::write(&file, longest)?;
        let fixed = Contestant { name: "fixed bytes".to_owned(), server: baseline::fixed_bytes(&file)?, database: None };
        let all: Vec<&Contestant> = [&fixed].into_iter().chain(&baselines).chain(&peers).chain(&podium).collect();
        tables.push(measure(&all, question, plan)?);
    }
    Ok(tables.join("\n"))
}

/// Asks everything of every server. All must answer the same; returns the longest answer.
fn agree<'a>(contestants: impl Iterator<Item = &'a mut Contestant>, question: &Question) -> Result<Vec<u8>> {
    let mut expected: Option<Vec<Vec<u8>>> = None;
    for contestant in contestants {
        let answers = questions::answers(&mut contestant.server, question).with_context(|| contestant.name.clone())?;
        if let Some(expected) = &expected {
            for ((answer, expected), body) in answers.iter().zip(expected).zip(&question.bodies) {
                let [answer, expected]: [Value; 2] = [serde_json::from_slice(answer)?, serde_json::from_slice(expected)?];
                ensure!(answer == expected, "{} answers {body} otherwise: {answer} and not {expected}", contestant.name);
            }
        }
        expected = expected.or(Some(answers));
    }
    expected.unwrap_or_default().into_iter().max_by_key(Vec::len).context("nothing is asked")
}

/// Measures all servers in turns. The median of the repeats counts, by CPU.
fn measure(contestants: &[&Contestant], question: &Question, plan: Plan) -> Result<String> {
    let mut runs: Vec<Vec<Cost>> = vec![Vec::new(); contestants.len()];
    for _ in 0..plan.repeats {
        for (contestant, runs) in contestants.iter().zip(&mut runs) {
            runs.push(run(contestant, question, plan).with_context(|| contestant.name.clone())?);
        }
    }
    let medians: Vec<Cost> = runs.into_iter().map(median).collect();
    let fixed = per_answer(&medians[0]);
    let statement_on = |database| {
        let same = |contestant: &&Contestant| contestant.database == Some(database) && contestant.name.ends_with(ONE_STATEMENT);
        contestants.iter().position(same).map(|place| per_answer(&medians[place]))
    };
    let lines = contestants.iter().zip(&medians).map(|(contestant, cost)| {
        let cpu = per_answer(cost);
        let statement = contestant.database.and_then(statement_on);
        vec![
            contestant.name.clone(),
            format!("{cpu:.3}"),
            format!("{:.1}", cpu / fixed),
            statement.map(|statement| format!("{:.2}", cpu / statement)).unwrap_or_default(),
            format!("{:.0}", answers_per_second(cost)),
            format!("{:.1}", cost.p50),
            format!("{:.1}", cost.p99),
            format!("{:.0}", cost.memory),
        ]
    });
    let headings = ["server", "CPU ms", "× fixed", "× statement", "answers/s", "p50 ms", "p99 ms", "MiB"];
    Ok(table::render(&question.name, &headings, &lines.collect::<Vec<_>>()))
}

fn run(contestant: &Contestant, question: &Question, plan: Plan) -> Result<Cost> {
    contestant.server.settle()?;
    let cpu = || -> Result<f64> {
        let database = if contestant.database == Some(POSTGRES) { cpu_of_all("postgres")? } else { 0.0 };
        Ok(contestant.server.cpu()? + database)
    };
    let before = cpu()?;
    let load = load::run(&contestant.server.address, &question.bodies, plan.connections, plan.time)?;
    let cpu = cpu()? - before;
    Ok(Cost { answers: load.answers, cpu, seconds: load.seconds, p50: load.p50, p99: load.p99, memory: contestant.server.memory() })
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|one, other| per_answer(one).total_cmp(&per_answer(other)));
    costs.get(costs.len() / 2).copied().unwrap_or_default()
}

/// CPU milliseconds.
#[expect(clippy::cast_precision_loss, reason = "no run has so many answers")]
fn per_answer(cost: &Cost) -> f64 {
    cost.cpu * 1000.0 / cost.answers as f64
}

#[expect(clippy::cast_precision_loss, reason = "no run has so many answers")]
fn answers_per_second(cost: &Cost) -> f64 {
    cost.answers as f64 / cost.seconds
}
