//! Clients that hold connections without using them: each is disconnected, and the others are answered meanwhile.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::server::{Server, podium};

/// A connection may be silent for this long: as long as a request may wait and be answered, and a second to write the answer.
pub(crate) const SILENCE: Duration = Duration::from_secs(2);

const QUICK: [&str; 8] =
    ["--listen", "127.0.0.1:0", "--max-silent-milliseconds", "100", "--max-milliseconds", "800", "--max-waiting-milliseconds", "200"];

pub(crate) fn start(further: &[&str]) -> (TempDir, Server) {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &[&QUICK, further].concat());
    (folder, server)
}

/// Sends bytes, and returns how long the server leaves the connection open afterwards.
fn held(address: &str, sent: &[u8]) -> Duration {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(SILENCE * 4)).expect("a timeout");
    stream.write_all(sent).expect("bytes are sent");
    let started = Instant::now();
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => panic!("{} is held for ever: {error}", String::from_utf8_lossy(sent)),
        _ => started.elapsed(),
    }
}

#[test]
fn a_silent_connection_is_let_go() {
    let (_folder, server) = start(&[]);
    let question = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".as_slice();
    let half_a_body = b"POST /graphql HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{".as_slice();
    let sent =
        [b"".as_slice(), b"GET /gra".as_slice(), b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b".as_slice(), question, half_a_body, b"PRI * HT"];
    let address = &server.address;
    std::thread::scope(|scope| {
        for sent in sent {
            scope.spawn(move || {
                let held = held(address, sent);
                assert!(held < SILENCE * 2, "{held:?} after {}", String::from_utf8_lossy(sent));
            });
        }
    });
    assert_eq!(server.get("/healthz").0, 200);
}

#[test]
fn who_does_not_read_is_let_go() {
    let (_folder, server) = start(&[]);
    let mut stream = TcpStream::connect(&server.address).expect("the server listens");
    stream.set_write_timeout(Some(Duration::from_secs(1))).expect("a timeout");
    let started = Instant::now();
    // One question after the other, and no answer is read: the server stops taking them, and then breaks off.
    let refused = loop {
        match stream.write_all(&b"GET /schema.graphql HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100)) {
            Ok(()) => {}
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {}
            Err(error) => break error,
        }
        assert!(started.elapsed() < SILENCE * 6, "it is held for ever");
    };
    assert!([ErrorKind::ConnectionReset, ErrorKind::BrokenPipe].contains(&refused.kind()), "{refused}");
    assert_eq!(server.get("/healthz").0, 200);
}

#[test]
fn who_leaves_before_the_answer_is_recorded() {
    let (_folder, server) = start(&[]);
    let question = r#"{"query":"query Left { allGames(first: 100) { nodes { medalTable { rows { total nation { name } } } } } }"}"#;
    let head = format!("POST /graphql HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: {}", question.len());
    let began = Instant::now();
    while !server.lines(0).iter().any(|line| line.contains(r#""status":499"#)) {
        assert!(began.elapsed() < SILENCE * 4, "{:?}", server.lines(0));
        let mut stream = TcpStream::connect(&server.address).expect("the server listens");
        stream.write_all(format!("{head}\r\n\r\n{question}").as_bytes()).expect("a question is sent");
        // Time enough to begin the answer, but not to end it.
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_connection_too_many_is_told_so() {
    let (_folder, server) = start(&["--max-connections", "8"]);
    let held: Vec<_> = (0..8).map(|_| TcpStream::connect(&server.address).expect("the server listens")).collect();
    let connected = Instant::now();
    // Connections are accepted in their order.
    let mut told = String::new();
    let mut further = TcpStream::connect(&server.address).expect("the server listens");
    further.read_to_string(&mut told).expect("a refusal");
    assert!(told.starts_with("HTTP/1.1 503 ") && told.contains("retry-after: 1") && told.contains("too many connections"), "{told}");
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(server.get("/healthz").0, 200, "a silent one makes room");
    assert!(connected.elapsed() < SILENCE, "before its time");
    drop(held);
}

#[test]
fn too_few_files_stop_no_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "ulimit -n 320 && exec \"$0\" \"$@\""]).arg(podium(folder.path()).get_program());
    limited.current_dir(folder.path()).env_clear().env("BUILT_IN", "sample").process_group(0);
    let server = Server::start_as(limited, &QUICK);
    let held: Vec<_> = (0..200).filter_map(|_| TcpStream::connect(&server.address).ok()).collect();
    std::thread::sleep(SILENCE * 2);
    assert_eq!(server.get("/healthz").0, 200, "idle connections are closed, and others accepted");
    drop(held);
    let lines = server.lines(0).join("\n");
    assert!(lines.contains("taking at most 64 connections instead of 10000"), "{lines}");
}

#[test]
fn a_request_has_one_host() {
    let (_folder, server) = start(&[]);
    for (hosts, status) in [("", "400"), ("Host: a\r\n", "200"), ("Host: a\r\nHost: b\r\n", "400")] {
        let answer = server.ask(&format!("GET /healthz HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{hosts}: {answer}");
    }
}
