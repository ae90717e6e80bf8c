//! The program as a child process in a folder of its own, and how to talk to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The program in a folder, with nothing configured but that an empty database starts with the sample.
pub(crate) fn podium(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_podium"));
    command.current_dir(folder).env_clear().env("BUILT_IN", "sample");
    command
}

/// The output of a successful command.
pub(crate) fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The one-sentence error of a rejected command.
pub(crate) fn refusal(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && output.stdout.is_empty(), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    said
}

/// A client that keeps no connection open, so that a server can stop at once.
fn client() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build().into()
}

/// The status and body of the answer to a GET; none when nobody answers.
pub(crate) fn get(address: &str, path: &str) -> Option<(u16, String)> {
    let answer = client().get(format!("http://{address}{path}")).call().ok()?;
    Some((answer.status().as_u16(), answer.into_body().read_to_string().ok()?))
}

/// A server in an empty folder, with nothing configured but a free port.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// The lines of its standard error so far.
    lines: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &["--listen", "127.0.0.1:0"])
    }

    /// Starts with arguments and waits for the line that tells the address.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        Self::start_as(podium(folder), arguments)
    }

    /// Starts a command that becomes the program.
    pub(crate) fn start_as(mut command: Command, arguments: &[&str]) -> Self {
        let mut child = command.args(arguments).stderr(Stdio::piped()).spawn().expect("podium starts");
        let mut told = BufReader::new(child.stderr.take().expect("standard error")).lines().map_while(Result::ok);
        let mut lines: Vec<String> = Vec::new();
        let address = loop {
            let line = told.next().unwrap_or_else(|| panic!("podium ends: {lines:?}"));
            let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned);
            lines.push(line);
            if let Some(address) = address {
                break address;
            }
        };
        let lines = Arc::new(Mutex::new(lines));
        let kept = Arc::clone(&lines);
        std::thread::spawn(move || told.for_each(|line| kept.lock().expect("no panic").push(line)));
        Self { child, address, lines }
    }

    /// The lines of its log, as soon as there are `count` of them.
    pub(crate) fn lines(&self, count: usize) -> Vec<String> {
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline && self.lines.lock().expect("no panic").len() < count {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.lines.lock().expect("no panic").clone()
    }

    /// Sends bytes that no client would send, and reads until the server closes the connection.
    pub(crate) fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.write_all(request.as_bytes()).expect("a request is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer comes");
        answer
    }

    /// The status and body of the answer to a GET.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        get(&self.address, path).expect("the server answers")
    }

    /// The body of the response to a JSON request.
    pub(crate) fn post(&self, body: &str) -> String {
        let sent = client().post(format!("http://{}/graphql", self.address)).content_type("application/json").send(body);
        sent.and_then(|answer| answer.into_body().read_to_string()).expect("the server answers")
    }

    /// Sends a signal that asks it to stop, as `stop` does, and checks that the log says so.
    pub(crate) fn stop_and_say(self, signal: &str) -> (Duration, bool) {
        let lines = Arc::clone(&self.lines);
        let ended = self.stop(signal);
        // The last line may be read after the end.
        let deadline = Instant::now() + Duration::from_secs(10);
        let is_said = || lines.lock().expect("no panic").iter().any(|line| line.contains("stopping, as asked"));
        while Instant::now() < deadline && !is_said() {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(is_said(), "{signal}: {lines:?}");
        ended
    }

    /// Sends a signal. Returns how long the program took to exit, and whether it succeeded.
    pub(crate) fn stop(mut self, signal: &str) -> (Duration, bool) {
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
