//! A log that cannot be written, or that nobody reads, stops no server.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::server::{get, podium};

/// A free port.
fn address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").to_string()
}

struct Started {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Started {
    fn with(log: Stdio) -> Self {
        let (folder, address) = (tempfile::tempdir().expect("a folder"), address());
        let child = podium(folder.path()).args(["--listen", &address]).stderr(log).spawn().expect("podium starts");
        Self { child, address, _folder: folder }
    }

    fn is_answering(&mut self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            assert_eq!(self.child.try_wait().expect("a child"), None, "the server goes on");
            if get(&self.address, "/readyz").is_some_and(|(status, _)| status == 200) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Makes the server write many lines of its log.
    fn ask(&self, times: usize) {
        for _ in 0..times {
            let (status, _) = get(&self.address, "/graphql?query=%7Babout%7B__typename%7D%7D").expect("the server answers");
            assert_eq!(status, 200);
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_full_disk_stops_nothing() {
    let full = OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let mut server = Started::with(full.into());
    assert!(server.is_answering());
    server.ask(20);
    assert!(server.is_answering());
}

#[test]
fn a_closed_pipe_stops_nothing() {
    let mut server = Started::with(Stdio::piped());
    let mut log = BufReader::new(server.child.stderr.take().expect("standard error"));
    log.read_line(&mut String::new()).expect("the first line");
    drop(log);
    assert!(server.is_answering());
    server.ask(20);
    assert!(server.is_answering());
}

#[test]
fn a_log_that_nobody_reads_holds_nobody_up() {
    let mut server = Started::with(Stdio::piped());
    let _unread = server.child.stderr.take().expect("standard error");
    assert!(server.is_answering());
    // A pipe holds 64 KiB; each line has more than 100 bytes.
    server.ask(1_000);
    assert!(server.is_answering());
}

#[test]
fn a_command_that_cannot_tell_of_its_failure_fails_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let full = OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let failed = podium(folder.path()).args(["import", "podium", "nowhere"]).stderr(full).status().expect("podium runs");
    assert_eq!(failed.code(), Some(1));
}
