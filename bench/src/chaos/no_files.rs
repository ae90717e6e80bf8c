//! Many more clients than a server may have files open. It refuses those whom it has no files for: its probes answer, it does not work for
//! nothing, and it serves again once they leave.

use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::finding::{Finding, Plan};
use crate::server::{self, Server};

const QUESTION: &str = r#"{"query":"{ allGames(first: 1) { totalCount } }"}"#;

/// How many files the server may have open, and how many clients connect.
const FILES: &str = "320";
const CLIENTS: usize = 1_000;

/// How long the clients stay.
const STAY: Duration = Duration::from_secs(3);

/// How long a probe and, once the clients have left, an answer may take.
const SOON: Duration = Duration::from_millis(500);

/// The processor seconds that the server may take for clients that ask nothing.
const MAX_CPU: f64 = 0.5;

pub(super) fn attempt(plan: &Plan, url: &str) -> Result<Finding> {
    let probes = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let mut command = Command::new("sh");
    command.env_clear().args(["-c", "ulimit -n \"$0\" && exec \"$@\"", FILES]).arg(&plan.program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--operations-listen", &probes, "--database-url", url]);
    let mut running = Server::run(command)?;
    running.ask(QUESTION)?;
    let cpu = running.cpu()?;
    let clients = (0..CLIENTS).map(|_| TcpStream::connect(&running.address)).collect::<Result<Vec<_>, _>>()?;
    let (begun, mut slowest) = (Instant::now(), Duration::ZERO);
    while begun.elapsed() < STAY {
        let asked = Instant::now();
        ensure!(server::get(&probes, "/readyz")? == 200, "not ready");
        slowest = slowest.max(asked.elapsed());
        thread::sleep(Duration::from_millis(100));
    }
    let cpu = running.cpu()? - cpu;
    drop(clients);
    let left = Instant::now();
    running.reconnect()?;
    running.ask(QUESTION)?;
    let served = left.elapsed();
    Ok(Finding::new(
        "more clients than files",
        format!("{CLIENTS} clients of {FILES} files: probes answer in {} ms, {MAX_CPU} CPU s, served once they leave", SOON.as_millis()),
        format!("probes after {} ms, {cpu:.2} CPU s, served after {} ms", slowest.as_millis(), served.as_millis()),
        slowest < SOON && served < SOON && cpu < MAX_CPU,
    ))
}
