//! Requests that arrive at a rate, whether or not the earlier ones were answered.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::server::request;

/// How long anyone waits for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What became of the requests.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// How long each answer took, in the order of time.
    pub(super) answered: Vec<Duration>,
    /// How long each refusal with the status 503 took, likewise.
    pub(super) refused: Vec<Duration>,
    /// Other statuses, connections that broke off, and answers that did not come.
    pub(super) failed: usize,
    pub(super) seconds: f64,
}

impl Outcome {
    #[expect(clippy::cast_precision_loss, reason = "there are not so many answers")]
    pub(super) fn answers_per_second(&self) -> f64 {
        self.answered.len() as f64 / self.seconds
    }
}

/// The time within which this many of a hundred were done, of times in order.
pub(super) fn percentile(times: &[Duration], part: usize) -> Duration {
    times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// Sends a request every `1 / rate` seconds for some time; each body in turn.
pub(super) fn run(address: &str, bodies: &[String], rate: f64, time: Duration) -> Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(arrive(address, bodies, rate, time))
}

async fn arrive(address: &str, bodies: &[String], rate: f64, time: Duration) -> Result<Outcome> {
    let (idle, begun) = (Arc::new(Idle::default()), Instant::now());
    let mut asking = JoinSet::new();
    let pause = Duration::from_secs_f64(1.0 / rate);
    let mut next = begun;
    for body in bodies.iter().cycle() {
        if begun.elapsed() >= time {
            break;
        }
        tokio::time::sleep_until(next.into()).await;
        let (idle, address, request) = (Arc::clone(&idle), address.to_owned(), request(body).into_bytes());
        asking.spawn(async move {
            let status = tokio::time::timeout(PATIENCE, ask(&idle, &address, &request)).await;
            (status.context("no answer").and_then(|status| status), next.elapsed())
        });
        next += pause;
    }
    let mut outcome = Outcome { seconds: begun.elapsed().as_secs_f64(), ..Outcome::default() };
    while let Some(asked) = asking.join_next().await {
        match asked? {
            (Ok(200), took) => outcome.answered.push(took),
            (Ok(503), took) => outcome.refused.push(took),
            _ => outcome.failed += 1,
        }
    }
    outcome.answered.sort_unstable();
    outcome.refused.sort_unstable();
    Ok(outcome)
}

/// Connections that nobody uses now.
type Idle = Mutex<Vec<BufReader<TcpStream>>>;

/// Asks on an idle connection or a new one; returns the status. A server may have closed an idle one, as every client knows.
async fn ask(idle: &Idle, address: &str, request: &[u8]) -> Result<u16> {
    let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
    if let Some(kept) = kept
        && let Ok(status) = ask_on(kept, idle, request).await
    {
        return Ok(status);
    }
    ask_on(BufReader::new(TcpStream::connect(address).await?), idle, request).await
}

async fn ask_on(mut connection: BufReader<TcpStream>, idle: &Idle, request: &[u8]) -> Result<u16> {
    connection.get_mut().write_all(request).await?;
    let (mut status, mut length, mut line) = (0, 0, String::new());
    loop {
        line.clear();
        ensure!(connection.read_line(&mut line).await? > 0, "the server hung up");
        if line == "\r\n" {
            break;
        }
        if status == 0 {
            status = line.split(' ').nth(1).context("a status")?.parse()?;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let mut answer = vec![0; length];
    connection.read_exact(&mut answer).await?;
    ensure!(status != 200 || !answer.windows(9).any(|part| part == b"\"errors\":"), "an answer with errors");
    idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    Ok(status)
}
