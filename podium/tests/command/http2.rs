//! HTTP/2 clients that break its rules or take no answers, frame by frame: each is disconnected, and the others are answered meanwhile.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::connections::{SILENCE, start};
use crate::server::get;

// The kinds of frames that are used here.
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;

// Flags.
const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

// Reasons of the server.
const REFUSED_STREAM: [u8; 4] = 7_u32.to_be_bytes();
const ENHANCE_YOUR_CALM: [u8; 4] = 11_u32.to_be_bytes();

/// A request for the schema, compressed as HPACK.
const GET_SCHEMA: &[u8] = b"\x82\x86\x04\x0f/schema.graphql\x41\x01x";

#[derive(Debug)]
struct Frame {
    kind: u8,
    stream: u32,
    payload: Vec<u8>,
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short frame").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

struct Client(TcpStream);

impl Client {
    /// Connects, and lets the server send as many bytes of each stream as `window`.
    fn connect(address: &str, window: u32) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(SILENCE * 6)).expect("a timeout");
        let mut client = Self(stream);
        client.0.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("the preface is sent");
        client.send(SETTINGS, 0, 0, &[&[0, 4], window.to_be_bytes().as_slice()].concat()).expect("settings are sent");
        client
    }

    fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> io::Result<()> {
        self.0.write_all(&frame(kind, flags, stream, payload))
    }

    fn get_schema(&mut self, stream: u32) -> io::Result<()> {
        self.send(HEADERS, END_STREAM | END_HEADERS, stream, GET_SCHEMA)
    }

    /// The next frame. Acknowledges settings and pings, as every client does.
    fn receive(&mut self) -> io::Result<Frame> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head)?;
        let [a, b, c, kind, flags, stream @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        self.0.read_exact(&mut payload)?;
        if matches!(kind, SETTINGS | PING) && flags & ACK == 0 {
            self.send(kind, ACK, 0, if kind == PING { &payload } else { &[] })?;
        }
        Ok(Frame { kind, stream: u32::from_be_bytes(stream), payload })
    }

    /// The frames until one that is looked for, or the end of the connection.
    fn until(&mut self, is_wanted: impl Fn(&Frame) -> bool) -> Option<Frame> {
        let began = Instant::now();
        while began.elapsed() < SILENCE * 6 {
            match self.receive() {
                Ok(frame) if is_wanted(&frame) => return Some(frame),
                Ok(_) => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => break,
                Err(_) => return None,
            }
        }
        panic!("it is held for ever");
    }
}

#[test]
fn who_takes_nothing_of_a_stream_is_let_go() {
    let (_folder, server) = start(&[]);
    let mut client = Client::connect(&server.address, 0);
    client.get_schema(1).expect("a request is sent");
    let started = Instant::now();
    assert!(client.until(|frame| frame.kind == DATA && !frame.payload.is_empty()).is_none());
    assert!(started.elapsed() < SILENCE * 3, "{:?}", started.elapsed());
    assert_eq!(server.get("/healthz").0, 200);
}

#[test]
fn who_does_not_take_the_end_of_an_answer_is_let_go() {
    let (_folder, server) = start(&[]);
    let (_, schema) = get(&server.address, "/schema.graphql").expect("an answer");
    let mut client = Client::connect(&server.address, u32::try_from(schema.len()).expect("a length") - 1);
    client.send(WINDOW_UPDATE, 0, 0, &1_000_000_u32.to_be_bytes()).expect("room on the connection");
    client.get_schema(1).expect("a request is sent");
    let (started, mut taken) = (Instant::now(), 0);
    while let Some(data) = client.until(|frame| frame.kind == DATA) {
        taken += data.payload.len();
    }
    assert_eq!(taken, schema.len() - 1);
    assert!(started.elapsed() < SILENCE * 3, "{:?}", started.elapsed());
}

/// Takes so many bytes of the schema ten times a second; returns whether all came.
fn takes(address: &str, bytes: u32) -> bool {
    let (_, schema) = get(address, "/schema.graphql").expect("an answer");
    let mut client = Client::connect(address, bytes);
    client.get_schema(1).expect("a request is sent");
    let mut taken = 0;
    while taken < schema.len() {
        let Some(data) = client.until(|frame| frame.kind == DATA) else { return false };
        taken += data.payload.len();
        std::thread::sleep(Duration::from_millis(100));
        for stream in [0, 1] {
            // Fails when the server has ended the connection, which the next read tells.
            let _ = client.send(WINDOW_UPDATE, 0, stream, &bytes.to_be_bytes());
        }
    }
    true
}

#[test]
fn who_takes_a_little_at_a_time_is_let_go() {
    let (_folder, server) = start(&[]);
    let started = Instant::now();
    assert!(!takes(&server.address, 200), "2 kB a second are too few");
    assert!(started.elapsed() < SILENCE * 3, "{:?}", started.elapsed());
    assert!(takes(&server.address, 6_000), "60 kB a second are enough");
}

#[test]
fn too_many_requests_at_once_are_refused_one_by_one() {
    let (_folder, server) = start(&[]);
    let mut client = Client::connect(&server.address, 0);
    for stream in 0..33 {
        client.get_schema(2 * stream + 1).expect("a request is sent");
    }
    let refused = client.until(|frame| frame.kind == RST_STREAM).expect("a refusal");
    assert_eq!((refused.stream, refused.payload.as_slice()), (65, REFUSED_STREAM.as_slice()));
}

#[test]
fn a_flood_of_requests_taken_back_disturbs_nobody() {
    let (_folder, server) = start(&[]);
    let mut client = Client::connect(&server.address, 65_535);
    let mut longest = Duration::ZERO;
    let flood = (0..200_u32).try_for_each(|batch| {
        let requests = (batch * 100..(batch + 1) * 100).flat_map(|number| {
            let stream = 2 * number + 1;
            [frame(HEADERS, END_STREAM | END_HEADERS, stream, GET_SCHEMA), frame(RST_STREAM, 0, stream, &8_u32.to_be_bytes())]
        });
        client.0.write_all(&requests.flatten().collect::<Vec<_>>())?;
        let asked = Instant::now();
        assert_eq!(server.get("/healthz").0, 200);
        longest = longest.max(asked.elapsed());
        Ok::<(), io::Error>(())
    });
    let refused = flood.expect_err("the server breaks it off");
    assert!([ErrorKind::BrokenPipe, ErrorKind::ConnectionReset].contains(&refused.kind()), "{refused}");
    assert!(longest < SILENCE * 2, "{longest:?}");
}

#[test]
fn headers_without_end_are_refused() {
    let (_folder, server) = start(&[]);
    let mut client = Client::connect(&server.address, 65_535);
    client.send(HEADERS, END_STREAM, 1, GET_SCHEMA).expect("a request is begun");
    let field = [b"\x00\x01x\x7f\x81\x07".as_slice(), &[b'y'; 1_024]].concat();
    // The server ends the connection, which may also lose what it says.
    let _ = (0..1_000).try_for_each(|_| client.send(CONTINUATION, 0, 1, &field));
    if let Some(ended) = client.until(|frame| frame.kind == GOAWAY) {
        assert_eq!(ended.payload[4..8], ENHANCE_YOUR_CALM, "{ended:?}");
    }
    assert_eq!(server.get("/healthz").0, 200);
}
