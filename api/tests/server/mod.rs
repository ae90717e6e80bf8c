//! The program as a child process in a folder of its own, and how to talk to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program in a folder, with nothing configured.
pub fn podium(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_podium"));
    command.current_dir(folder).env_clear().env("RUST_LOG", "info");
    command
}

/// A server in an empty folder, with nothing configured but a free port.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    pub fn start(folder: &Path) -> Self {
        let mut child = podium(folder).args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn().expect("podium starts");
        let mut lines = BufReader::new(child.stderr.take().expect("standard error")).lines();
        let line = lines.by_ref().map_while(Result::ok).find(|line| line.contains("http://")).expect("a line with the address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Sends bytes and reads until the server has answered and gone.
    pub fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.write_all(request.as_bytes()).expect("a request is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer comes");
        answer
    }

    pub fn post(&self, body: &str) -> String {
        let length = body.len();
        self.ask(&format!(
            "POST /graphql HTTP/1.1\r\nHost: podium\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }

    /// Sends a signal and says how long the program took to end, and how.
    pub fn stop(mut self, signal: &str) -> (Duration, bool) {
        let started = Instant::now();
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        let ended = self.child.wait().expect("podium ends");
        (started.elapsed(), ended.success())
    }
}

/// A test that fails leaves no server behind.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
