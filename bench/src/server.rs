//! The server as a child process, and a connection to it.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::{process, sqlite};

/// The timeout of any answer.
const PATIENCE: Duration = Duration::from_mins(2);
/// A server is idle when its CPU time does not grow for this long.
const IDLE: Duration = Duration::from_millis(200);

/// A server over a database. It is stopped when this value is dropped.
#[derive(Debug)]
pub struct Server {
    child: Running,
    connection: BufReader<TcpStream>,
    /// Where it listens.
    pub address: String,
}

/// The arguments that switch all caches off.
pub const NOTHING_CACHED: [&str; 6] = ["--answer-cache-mib", "0", "--row-cache-mib", "0", "--document-cache-mib", "0"];

/// The arguments for a server whose answers are all waited for, however many ask.
pub const PATIENT: [&str; 4] = ["--max-waiting-milliseconds", "60000", "--max-silent-milliseconds", "600000"];

impl Server {
    /// Starts over a `SQLite` file, without caches.
    pub fn start(program: &Path, database: &Path) -> Result<Self> {
        Self::start_with(program, &sqlite::url(database), &[&NOTHING_CACHED[..], &PATIENT].concat())
    }

    /// Starts over the database at a URL.
    pub fn start_with(program: &Path, url: &str, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(program);
        command.env_clear().args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]).args(arguments);
        Self::run(command)
    }

    /// Runs a server that prints its address to standard error, and waits until it listens.
    pub fn run(mut command: Command) -> Result<Self> {
        let mut child = Running(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?);
        let mut lines = BufReader::new(child.0.stderr.take().context("standard error")?).lines();
        let address = address(&mut lines)?;
        let stream = TcpStream::connect(&address)?;
        // The server would stop if nobody read its standard error.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { child, connection: BufReader::new(stream), address })
    }

    /// The processor seconds of the server so far.
    pub fn cpu(&self) -> Result<f64> {
        process::cpu(self.child.0.id())
    }

    /// The memory of the server now, in MiB.
    pub fn memory(&self) -> f64 {
        process::memory(self.child.0.id()).unwrap_or(f64::NAN)
    }

    /// The process of the server.
    pub fn id(&self) -> u32 {
        self.child.0.id()
    }

    /// Waits until the server is idle. Its work at the start, or for an answer that it has given up, must not count towards the
    /// next document.
    pub fn settle(&self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut before = self.cpu()?;
        loop {
            thread::sleep(IDLE);
            let now = self.cpu()?;
            if now <= before {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "the server does not come to rest");
            before = now;
        }
    }

    /// Connects again: a server closes idle connections.
    pub fn reconnect(&mut self) -> Result<()> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        self.connection = BufReader::new(stream);
        Ok(())
    }

    /// Posts a JSON body and returns the body of the answer.
    pub fn ask(&mut self, body: &str) -> Result<Vec<u8>> {
        self.connection.get_mut().write_all(request(body).as_bytes())?;
        let (status, length) = self.head()?;
        let mut answer = vec![0; length];
        self.connection.read_exact(&mut answer)?;
        ensure!(status.contains(" 200 "), "{status}{}", String::from_utf8_lossy(&answer));
        Ok(answer)
    }

    /// Reads the status line, and the length from the headers.
    fn head(&mut self) -> Result<(String, usize)> {
        let (status, mut length) = (self.line()?, None);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                Some(("content-length", value)) => length = Some(value.trim().parse()?),
                Some(_) => {}
                None => return Ok((status, length.context("an answer without a length")?)),
            }
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.connection.read_line(&mut line)? > 0, "the server hung up");
        Ok(line)
    }
}

/// The request that posts a JSON body.
pub(crate) fn request(body: &str) -> String {
    let length = body.len();
    format!("POST /graphql HTTP/1.1\r\nHost: podium\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// The status of the answer to a GET on a connection of its own.
pub fn get(address: &str, path: &str) -> Result<u16> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: podium\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.split(' ').nth(1).context("a status")?.parse()?)
}

/// Reads standard error up to the line with the server's address.
fn address(lines: &mut Lines<BufReader<ChildStderr>>) -> Result<String> {
    let mut told = Vec::new();
    for line in lines {
        let line = line?;
        if let Some(address) = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()) {
            return Ok(address.to_owned());
        }
        told.push(line);
    }
    bail!("the server ended: {}", told.join("\n"))
}

/// Kills the server when dropped, so that a failed benchmark leaves none behind.
#[derive(Debug)]
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
