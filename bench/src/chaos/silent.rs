//! Clients that hold connections: half a header, half a body, answers that they do not read, or nothing at all.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::finding::{Finding, Plan};
use crate::server::{Server, request};

const QUESTION: &str = r#"{"query":"{ allGames(first: 1) { totalCount } }"}"#;

/// How long a connection may be silent here: longer than an answer may take.
const SILENCE: &str = "3000";

/// How long a connection is not taken for silent.
const NOT_YET_SILENT: Duration = Duration::from_millis(1_200);

/// After how long every silent connection must be gone.
const GONE: Duration = Duration::from_secs(9);

pub(super) fn attempt(plan: &Plan, url: &str) -> Result<Vec<Finding>> {
    let whole = request(QUESTION);
    let half_a_body = whole[..whole.len() - QUESTION.len() / 2].to_owned();
    let large = r#"{"query":"{ events(first: 100) { nodes { slug name { full short } discipline { slug name } sport { slug name } editions { slug games { slug name } } } } }"}"#;
    let unread = request(large).repeat(50);
    let clients = [
        ("half a header", "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-".to_owned(), plan.silent),
        ("half a body", half_a_body, plan.silent),
        ("not reading", unread, plan.silent / 10),
        ("idle", String::new(), plan.silent),
    ];
    clients.into_iter().map(|(trial, sent, count)| hold(plan, url, trial, &sent, count).context(trial)).collect()
}

fn hold(plan: &Plan, url: &str, trial: &'static str, sent: &str, count: usize) -> Result<Finding> {
    let quick = ["--max-silent-milliseconds", SILENCE, "--max-milliseconds", "1000", "--max-body-milliseconds", SILENCE];
    let mut server = Server::start_with(&plan.program, url, &quick)?;
    server.ask(QUESTION)?;
    let before = server.memory();
    let mut held = Vec::new();
    for _ in 0..count {
        let mut connection = TcpStream::connect(&server.address)?;
        connection.set_nonblocking(true)?;
        // What a full buffer does not take is not sent.
        let _ = connection.write(sent.as_bytes());
        held.push(connection);
    }
    // Until then there may be no room for another connection.
    std::thread::sleep(NOT_YET_SILENT);
    let begun = Instant::now();
    let (mut slowest, mut most) = (Duration::ZERO, before);
    while begun.elapsed() < GONE {
        let asked = Instant::now();
        // Also on a new connection.
        let status = crate::server::get(&server.address, "/readyz")?;
        anyhow::ensure!(status == 200, "not ready: {status}");
        slowest = slowest.max(asked.elapsed());
        most = most.max(server.memory());
        std::thread::sleep(Duration::from_millis(250));
    }
    let left = held.iter_mut().map(is_gone).filter(|is_gone| !is_gone).count();
    Ok(Finding::new(
        trial,
        format!("{count} such clients are disconnected within {} s, hold up nobody, take 64 MiB and 16 KiB each", GONE.as_secs()),
        format!("{left} left, others waited {} ms, {before:.0} to {most:.0} MiB", slowest.as_millis()),
        left == 0 && slowest < Duration::from_millis(500) && most < before + 64.0 + f64::from(u32::try_from(count)?) / 64.0,
    ))
}

/// Whether the server closed a connection: after what it sent comes the end.
fn is_gone(connection: &mut TcpStream) -> bool {
    let mut bytes = [0; 8 << 10];
    loop {
        match connection.read(&mut bytes) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }
}
