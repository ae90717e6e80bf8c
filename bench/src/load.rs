//! Load: many connections that ask without a pause.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::server::request;

/// What a load measured.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub answers: usize,
    pub seconds: f64,
    /// The time to an answer in milliseconds: of half of all, and of all but one in a hundred.
    pub p50: f64,
    pub p99: f64,
}

/// Asks at an address from several connections for some time. Each connection goes through all bodies, from a place of its own.
pub fn run(address: &str, bodies: &[String], connections: usize, time: Duration) -> Result<Load> {
    let bodies: Arc<Vec<Vec<u8>>> = Arc::new(bodies.iter().map(|body| request(body).into_bytes()).collect());
    let is_done = Arc::new(AtomicBool::new(false));
    let mut asking = Vec::new();
    for number in 0..connections {
        let stream = TcpStream::connect(address).with_context(|| format!("connection {number}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let (bodies, is_done) = (Arc::clone(&bodies), Arc::clone(&is_done));
        let first = number * 7;
        let ask = move || ask_on(stream, &bodies, first, &is_done);
        asking.push(thread::Builder::new().stack_size(128 << 10).spawn(ask)?);
    }
    let begun = Instant::now();
    thread::sleep(time);
    is_done.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for asked in asking {
        times.extend(asked.join().ok().context("a connection failed")??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    ensure!(!times.is_empty(), "nothing was answered");
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    Ok(Load { answers: times.len(), seconds, p50: at(50), p99: at(99) })
}

/// Asks one after the other; returns how long each took.
fn ask_on(stream: TcpStream, bodies: &[Vec<u8>], first: usize, is_done: &AtomicBool) -> Result<Vec<Duration>> {
    let mut connection = BufReader::with_capacity(64 << 10, stream);
    let (mut times, mut answer, mut line) = (Vec::new(), Vec::new(), String::new());
    for number in first.. {
        if is_done.load(Ordering::Relaxed) {
            break;
        }
        let begun = Instant::now();
        connection.get_mut().write_all(&bodies[number % bodies.len()])?;
        let mut length = 0;
        line.clear();
        connection.read_line(&mut line)?;
        ensure!(line.starts_with("HTTP/1.1 200 "), "not answered: {line}");
        loop {
            line.clear();
            ensure!(connection.read_line(&mut line)? > 0, "the server hung up");
            if line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        answer.resize(length, 0);
        connection.read_exact(&mut answer)?;
        times.push(begun.elapsed());
    }
    Ok(times)
}
