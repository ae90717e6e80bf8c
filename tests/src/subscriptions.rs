//! Subscriptions: events over WebSockets and as server-sent events, when another program changes the data.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures_util::{SinkExt, StreamExt};
use http_body_util::BodyExt;
use podium_api::answer::Engine;
use podium_api::cache_sizes::CacheSizes;
use podium_api::http::{self, Access, App, Traffic, router};
use podium_api::limits::Limits;
use podium_store::{Store, data_version};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tower::ServiceExt;

use crate::support::{Backend, Content, Database};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(10);

const EVERY_CHANGE: &str = "subscription Changes { dataChanged { version source } }";

/// A server over a database that another program may change.
struct Served {
    app: App,
    database: Database,
    store: Store,
    other: Store,
    address: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Served {
    async fn start(backend: Backend, traffic: Traffic) -> Option<Self> {
        let database = Database::create(backend, Content::BuiltIn).await?;
        let store = Store::connect(database.url()).await.expect("the database opens");
        let other = Store::connect(database.url()).await.expect("the database opens");
        store.watch().await;
        let app = App::new(traffic, Access { cors_origin: vec!["https://example.org".parse().expect("an origin")], ..Access::default() });
        app.open(
            Engine::new(store.sessions.clone(), Limits::default())
                .with_caches(CacheSizes { answer_cache_mib: 8, ..CacheSizes::NONE }, store.version.clone()),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = http::serve(listener, app.clone(), Duration::from_secs(10), async { drop(stopped.await) });
        Some(Self { serving: tokio::spawn(serving), app, database, store, other, address, stop })
    }

    /// Changes the data from outside, and returns the new version.
    async fn change(&self, source: &str) -> String {
        let transaction = self.other.begin().await.expect("a transaction");
        data_version::raise(&transaction).await.expect("a version");
        data_version::set_source(&transaction, source).await.expect("a source");
        self.other.commit(transaction).await.expect("a commit");
        data_version::read(&self.store.sessions.pooled()).await.expect("a version").to_string()
    }

    async fn connect(&self) -> Socket {
        let request = self.upgrade(Some("graphql-transport-ws"), None);
        Socket(connect_async(request).await.expect("a WebSocket").0)
    }

    /// A WebSocket on which operations may begin.
    async fn begin(&self) -> Socket {
        let mut socket = self.connect().await;
        socket.begin().await;
        socket
    }

    fn upgrade(&self, protocol: Option<&str>, origin: Option<&str>) -> Request<()> {
        let mut request = format!("ws://{}/graphql/ws", self.address).into_client_request().expect("a request");
        for (name, value) in [("sec-websocket-protocol", protocol), ("origin", origin)] {
            if let Some(value) = value {
                request.headers_mut().insert(name, value.parse().expect("a value"));
            }
        }
        request
    }

    /// The status with which a WebSocket is refused.
    async fn refused(&self, protocol: Option<&str>, origin: Option<&str>) -> u16 {
        match connect_async(self.upgrade(protocol, origin)).await {
            Err(Error::Http(response)) => response.status().as_u16(),
            other => panic!("{other:?}"),
        }
    }

    async fn end(self) {
        let _ = self.stop.send(());
        self.serving.await.expect("no panic");
        self.store.close().await;
        self.other.close().await;
        drop(self.database);
    }
}

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn send(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.expect("the message is sent");
    }

    /// The next message; the code and the reason when the connection is closed.
    async fn next(&mut self) -> Value {
        loop {
            match tokio::time::timeout(PATIENCE, self.0.next()).await.expect("in time").expect("a message").expect("a message") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Close(frame) => {
                    let frame = frame.expect("a reason");
                    return json!([u16::from(frame.code), frame.reason.as_str()]);
                }
                _ => {}
            }
        }
    }

    async fn ask(&mut self, message: Value) -> Value {
        self.send(message).await;
        self.next().await
    }

    async fn begin(&mut self) {
        assert_eq!(self.ask(json!({ "type": "connection_init", "payload": {} })).await, json!({ "type": "connection_ack" }));
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.send(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_another_program_is_told() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(served) = Served::start(backend, Traffic::default()).await else { continue };
        let mut socket = served.begin().await;
        socket.subscribe("1", EVERY_CHANGE).await;
        // An answer behind it: the subscription is open.
        socket.subscribe("2", "{ about { dataVersion } }").await;
        let first = socket.next().await["payload"]["data"]["about"]["dataVersion"].as_str().expect("a version").to_owned();
        assert_eq!(socket.next().await, json!({ "type": "complete", "id": "2" }));
        for source in ["athlete-events", "podium"] {
            let version = served.change(source).await;
            let committed = Instant::now();
            let event = json!({ "data": { "dataChanged": { "version": version, "source": source } } });
            assert_eq!(socket.next().await, json!({ "type": "next", "id": "1", "payload": event }), "{backend:?}");
            assert!(committed.elapsed() < Duration::from_millis(500), "{backend:?}: {:?}", committed.elapsed());
        }
        // Whoever comes late is told at once.
        let late = format!("subscription {{ dataChanged(since: \"{first}\") {{ source importedAt }} }}");
        socket.subscribe("3", &late).await;
        let event = socket.next().await;
        assert_eq!((&event["id"], &event["payload"]["data"]["dataChanged"]["source"]), (&json!("3"), &json!("podium")));
        let at = event["payload"]["data"]["dataChanged"]["importedAt"].as_str().expect("an instant");
        assert!(at.starts_with("20") && at.ends_with('Z'), "{at}");
        served.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_completed_is_told_no_more() {
    let served = Served::start(Backend::Sqlite, Traffic::default()).await.expect("SQLite is always there");
    let mut socket = served.begin().await;
    socket.subscribe("gone", EVERY_CHANGE).await;
    socket.send(json!({ "type": "complete", "id": "gone" })).await;
    // The id is free again.
    socket.subscribe("gone", "subscription { dataChanged { source } }").await;
    socket.subscribe("other", "{ __typename }").await;
    assert_eq!(socket.next().await["id"], "other");
    assert_eq!(socket.next().await["type"], "complete");
    served.change("podium").await;
    assert_eq!(socket.next().await["payload"], json!({ "data": { "dataChanged": { "source": "podium" } } }));
    assert_eq!(socket.ask(json!({ "type": "ping" })).await, json!({ "type": "pong" }), "and nothing else came before");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_protocol_is_kept() {
    let served = Served::start(Backend::Sqlite, Traffic::default()).await.expect("SQLite is always there");
    let subscribe = json!({ "type": "subscribe", "id": "1", "payload": { "query": EVERY_CHANGE } });
    let init = json!({ "type": "connection_init" });
    for (messages, closed) in [
        (vec![json!({ "type": "hello" })], json!([4400, "Invalid message"])),
        (vec![json!({ "type": "subscribe", "id": 7 })], json!([4400, "Invalid message"])),
        (vec![subscribe.clone()], json!([4401, "Unauthorized"])),
        (vec![init.clone(), init.clone()], json!([4429, "Too many initialisation requests"])),
        (vec![init.clone(), subscribe.clone(), subscribe.clone()], json!([4409, "Subscriber for 1 already exists"])),
    ] {
        let mut socket = served.connect().await;
        for message in &messages {
            socket.send(message.clone()).await;
        }
        let mut last = socket.next().await;
        while last.is_object() {
            last = socket.next().await;
        }
        assert_eq!(last, closed, "{messages:?}");
    }
    let mut socket = served.connect().await;
    socket.0.send(Message::binary(b"{}".as_slice())).await.expect("sent");
    assert_eq!(socket.next().await, json!([4400, "Send messages as text"]));
    let mut silent = served.connect().await;
    assert_eq!(silent.next().await, json!([4408, "Connection initialisation timeout"]));
    let mut greedy = served.begin().await;
    for number in 0..=32 {
        greedy.subscribe(&number.to_string(), EVERY_CHANGE).await;
    }
    let refusal = greedy.next().await;
    assert_eq!((&refusal["type"], &refusal["id"]), (&json!("error"), &json!("32")));
    assert_eq!(refusal["payload"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
    greedy.send(json!({ "type": "complete", "id": "0" })).await;
    greedy.subscribe("33", "{ __typename }").await;
    assert_eq!(greedy.next().await["type"], "next", "the others go on");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_documents_are_refused_in_words() {
    let served = Served::start(Backend::Sqlite, Traffic::default()).await.expect("SQLite is always there");
    let mut socket = served.begin().await;
    for (document, words) in [
        ("{ athlet { name } }", "athlet"),
        ("subscription { dataChanged { versio } }", "versio"),
        (
            "subscription { a: dataChanged { version } b: dataChanged { version } }",
            "A subscription selects one field, and none of the schema.",
        ),
        ("subscription { __typename }", "A subscription selects one field, and none of the schema."),
        ("subscription { dataChanged }", "dataChanged"),
        ("{ dataChanged { version } }", "dataChanged"),
        ("mutation { import }", "mutation"),
        ("subscription {", "not GraphQL"),
    ] {
        socket.subscribe("1", document).await;
        let refusal = socket.next().await;
        assert_eq!((&refusal["type"], &refusal["id"]), (&json!("error"), &json!("1")), "{refusal}");
        let error = &refusal["payload"][0];
        assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{document}: {refusal}");
        assert!(error["extensions"]["requestId"].is_string() && error["extensions"]["code"] == "BAD_USER_INPUT", "{refusal}");
    }
    // A mistake in an argument leaves data, so the operation goes on to its end.
    socket.subscribe("1", "{ athlete(slug: \"No slug!\") { name } }").await;
    let answer = socket.next().await;
    assert_eq!((&answer["type"], &answer["payload"]["data"]), (&json!("next"), &json!({ "athlete": null })));
    assert_eq!(socket.next().await, json!({ "type": "complete", "id": "1" }));
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_listen_is_bounded() {
    let traffic = Traffic { max_subscribers: 2, ..Traffic::default() };
    let served = Served::start(Backend::Sqlite, traffic).await.expect("SQLite is always there");
    let protocol = Some("graphql-transport-ws");
    assert_eq!(served.refused(None, None).await, 400, "the protocol must be named");
    assert_eq!(served.refused(Some("graphql-ws"), None).await, 400, "the older protocol is not spoken");
    assert_eq!(served.refused(protocol, Some("https://elsewhere.example")).await, 403);
    let own = format!("http://{}", served.address);
    for origin in [own.as_str(), "https://example.org"] {
        connect_async(served.upgrade(protocol, Some(origin))).await.expect(origin);
    }
    let (first, mut second) = (served.connect().await, served.connect().await);
    assert_eq!(served.refused(protocol, None).await, 503);
    // A client of another address has none yet.
    let door = router(served.app.clone());
    let shared = door.clone().oneshot(post("text/event-stream", EVERY_CHANGE)).await.expect("an answer");
    assert_eq!((shared.status().as_u16(), second.next().await[0].take()), (200, json!(1013)));
    let response = door.oneshot(post("text/event-stream", EVERY_CHANGE)).await.expect("an answer");
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].as_bytes()), (503, b"1".as_slice()));
    drop(first);
    while connect_async(served.upgrade(protocol, None)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so() {
    let served = Served::start(Backend::Sqlite, Traffic::default()).await.expect("SQLite is always there");
    let mut socket = served.begin().await;
    socket.subscribe("1", EVERY_CHANGE).await;
    socket.subscribe("2", "{ __typename }").await;
    assert_eq!((&socket.next().await["id"], &socket.next().await["type"]), (&json!("2"), &json!("complete")));
    let asked = Instant::now();
    let (end, closed) = tokio::join!(served.end(), socket.next());
    assert_eq!((end, closed), ((), json!([1001, "The server stops"])));
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
}

fn post(accept: &str, query: &str) -> Request<Body> {
    let request = Request::post("/graphql").header("content-type", "application/json").header("accept", accept);
    request.body(json!({ "query": query }).to_string().into()).expect("a request")
}

/// The next event of a body: its name and its data.
async fn next_event(body: &mut Body) -> Option<(String, Value)> {
    loop {
        let frame = tokio::time::timeout(PATIENCE, body.frame()).await.expect("in time")?.expect("a frame");
        let text = String::from_utf8(frame.into_data().expect("data").to_vec()).expect("text");
        let line = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if let Some(event) = line("event:") {
            let data = line("data:").filter(|data| !data.is_empty());
            return Some((event.to_owned(), data.map_or(Value::Null, |data| serde_json::from_str(data).expect("JSON"))));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_sent_by_the_server() {
    let served = Served::start(Backend::Sqlite, Traffic::default()).await.expect("SQLite is always there");
    let door = router(served.app.clone());
    let response = door.clone().oneshot(post("text/event-stream", EVERY_CHANGE)).await.expect("an answer");
    assert_eq!((response.status(), response.headers()["content-type"].as_bytes()), (StatusCode::OK, b"text/event-stream".as_slice()));
    let mut body = response.into_body();
    let version = served.change("paris-2024").await;
    let event = json!({ "data": { "dataChanged": { "version": version, "source": "paris-2024" } } });
    assert_eq!(next_event(&mut body).await, Some(("next".to_owned(), event)));
    // A query is one event, by GET too, and so are the mistakes in a document.
    for (request, answer) in [
        (post("text/event-stream", "{ __typename }"), json!({ "data": { "__typename": "Query" } })),
        (
            Request::get("/graphql?query=%7B__typename%7D").header("accept", "text/event-stream").body(Body::empty()).expect("a request"),
            json!({ "data": { "__typename": "Query" } }),
        ),
    ] {
        let mut body = door.clone().oneshot(request).await.expect("an answer").into_body();
        assert_eq!(next_event(&mut body).await, Some(("next".to_owned(), answer)));
        assert_eq!(next_event(&mut body).await, Some(("complete".to_owned(), Value::Null)));
        assert_eq!(next_event(&mut body).await, None);
    }
    let mut wrong = door.clone().oneshot(post("text/event-stream", "subscription { nothing }")).await.expect("an answer").into_body();
    let (name, answer) = next_event(&mut wrong).await.expect("an event");
    assert!(name == "next" && answer["errors"][0]["message"].as_str().is_some_and(|message| message.contains("nothing")), "{answer}");
    // Without events it is refused.
    let response = door.oneshot(post("application/graphql-response+json", EVERY_CHANGE)).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let refusal = String::from_utf8(response.into_body().collect().await.expect("a body").to_bytes().to_vec()).expect("text");
    assert!(refusal.contains("text/event-stream") && refusal.contains("/graphql/ws"), "{refusal}");
    let ended = tokio::spawn(served.end());
    assert_eq!(next_event(&mut body).await, None, "a server that stops does not complete it");
    ended.await.expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_without_operations_is_let_go() {
    let traffic = Traffic { max_silent_milliseconds: 300, ..Traffic::default() };
    let served = Served::start(Backend::Sqlite, traffic).await.expect("SQLite is always there");
    let (mut listening, mut idle) = (served.connect().await, served.connect().await);
    listening.begin().await;
    listening.subscribe("1", EVERY_CHANGE).await;
    idle.begin().await;
    // Whoever listens lives on, by the pings that both answer.
    let (closed, _) = tokio::join!(idle.next(), tokio::time::timeout(Duration::from_secs(1), listening.next()));
    assert_eq!(closed, json!([1001, "Nothing was asked for too long"]));
    listening.subscribe("2", "{ __typename }").await;
    assert_eq!(listening.next().await["id"], "2");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_paid_for_and_wait_for_the_budget() {
    let traffic = Traffic { max_complexity_per_minute: 6_000, ..Traffic::default() };
    let served = Served::start(Backend::Sqlite, traffic).await.expect("SQLite is always there");
    let mut socket = served.begin().await;
    for number in 0..30 {
        socket.subscribe(&number.to_string(), &format!("subscription {{ dataChanged {{ v{number}: version }} }}")).await;
    }
    let told = async |socket: &mut Socket, number: usize| {
        let query = format!("{{ a{number}: sports {{ slug name }} }}");
        let payload = json!({ "query": query, "extensions": { "cost": true } });
        let mut answer = socket.ask(json!({ "type": "subscribe", "id": "asked", "payload": payload })).await;
        if answer["type"] == "next" {
            assert_eq!(socket.next().await["type"], "complete");
        }
        answer["payload"].take()
    };
    let left = |answer: &Value| answer["extensions"]["cost"]["left"].as_u64();
    let (before, cost) = (left(&told(&mut socket, 0).await).expect("what is left"), 141);
    served.change("podium").await;
    for _event in 0..30 {
        assert_eq!(socket.next().await["type"], "next");
    }
    let after = left(&told(&mut socket, 1).await).expect("what is left");
    // Some comes back meanwhile.
    assert!(before > after + cost + 15, "each event cost something: {before}, then {after}");
    let mut number = 2;
    let refusal = loop {
        let answer = told(&mut socket, number).await;
        if left(&answer).is_none() {
            break answer;
        }
        number += 1;
    };
    assert_eq!(refusal[0]["extensions"]["limit"], "maxComplexityPerMinute");
    let changed = Instant::now();
    let version = served.change("podium").await;
    let event = socket.next().await;
    assert_eq!(event["payload"]["data"]["dataChanged"][format!("v{}", event["id"].as_str().expect("an id"))], version);
    assert!(changed.elapsed() > Duration::from_millis(800), "it waits until something is left: {:?}", changed.elapsed());
    served.end().await;
}
