//! Traces: a collector gets a span for each request, within the trace of the client.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::server::{Server, podium, refusal};

/// A collector: its address, and the bodies that it gets.
fn collector() -> (String, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (got, bodies) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = got.send(receive(stream));
        }
    });
    (address, bodies)
}

/// The body of one request, which is answered.
fn receive(mut stream: TcpStream) -> Vec<u8> {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|end| end + 4);
        let length = head.and_then(|head| {
            let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
            assert!(text.starts_with("post /v1/traces "), "{text}");
            text.split("content-length: ").nth(1)?.lines().next()?.trim().parse::<usize>().ok()
        });
        if let (Some(head), Some(length)) = (head, length)
            && bytes.len() >= head + length
        {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").expect("answered");
            return bytes.split_off(head);
        }
        match stream.read(&mut buffer).expect("bytes") {
            0 => return bytes,
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

#[test]
fn a_collector_gets_a_span_of_each_request() {
    let (endpoint, bodies) = collector();
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &["--listen", "127.0.0.1:0", "--traces-endpoint", &endpoint]);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let mut stream = TcpStream::connect(&server.address).expect("the server listens");
    let question = r#"{"query":"query Traced { nothing }"}"#;
    let head = format!("content-type: application/json\r\ntraceparent: 00-{trace}-00f067aa0ba902b7-01\r\nconnection: close");
    let request = format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{head}\r\ncontent-length: {}\r\n\r\n{question}", question.len());
    stream.write_all(request.as_bytes()).expect("asked");
    stream.read_to_end(&mut Vec::new()).expect("an answer");
    let events = "GET /graphql?query=query%20Streamed%7Babout%7Bversion%7D%7D HTTP/1.1\r\nhost: x\r\naccept: text/event-stream";
    assert!(server.ask(&format!("{events}\r\nconnection: close\r\n\r\n")).contains("event: complete"));
    // The last spans are sent when the server stops.
    assert!(server.stop("-TERM").1);
    let mut body = bodies.recv_timeout(Duration::from_secs(10)).expect("spans");
    body.extend(std::iter::from_fn(|| bodies.recv_timeout(Duration::from_secs(1)).ok()).flatten());
    let contains = |part: &[u8]| body.windows(part.len()).any(|window| window == part);
    for text in ["Traced", "Streamed", "podium", "BAD_USER_INPUT", "http.response.status_code"] {
        assert!(contains(text.as_bytes()), "{text}");
    }
    let id: Vec<u8> = (0..16).map(|byte| u8::from_str_radix(&trace[byte * 2..byte * 2 + 2], 16).expect("hex")).collect();
    assert!(contains(&id), "the trace of the client");
}

#[test]
fn a_collector_that_is_away_holds_nobody_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with(folder.path(), &["--listen", "127.0.0.1:0", "--traces-endpoint", "http://127.0.0.1:9"]);
    assert_eq!(server.get("/graphql?query=%7B__typename%7D").0, 200);
    let (took, succeeded) = server.stop("-TERM");
    assert!(succeeded && took < Duration::from_secs(3), "{took:?}");
    let output = podium(folder.path()).args(["--traces-endpoint", "collector:4317"]).output().expect("it runs");
    assert!(refusal(&output).contains("give an address such as http://127.0.0.1:4318"));
}
