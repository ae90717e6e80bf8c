//! `/graphql/ws`: GraphQL over WebSocket, by the protocol `graphql-transport-ws`.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::AbortHandle;

use super::answering::{self, Reply};
use super::event_payload::Payloads;
use super::parameters::Parameters;
use crate::answer::{Engine, Finished, FinishedBody};
use crate::http::admission::Busy;
use crate::http::admission::subscribers::{Ended, Subscriber};
use crate::http::app::App;
use crate::http::connection::slots::Slot;
use crate::http::monitoring::request_id::RequestId;
use crate::http::refusal::Refusal;

const PROTOCOL: &str = "graphql-transport-ws";

/// How long a client may take to send `connection_init`. Nothing is answered before it.
const INIT_TIMEOUT: Duration = Duration::from_secs(3);

/// How long a client may take to close its side.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The maximum number of operations at once on a connection.
const MAX_OPERATIONS: usize = 32;

/// How many answers may wait to be sent.
const MAX_OUTGOING: usize = 16;

/// Opens a WebSocket.
pub(crate) async fn route(State(app): State<App>, request: Request) -> Response {
    open(app, request).await.unwrap_or_else(Refusal::into_response)
}

async fn open(app: App, request: Request) -> Result<Response, Refusal> {
    let (client, slot) = (app.client(&request), request.extensions().get::<Slot>().cloned());
    let upgrade_id = RequestId::of(request.headers());
    if !app.allows_origin(request.headers()) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "Pages of this origin may not ask here."));
    }
    let engine = app.engine().cloned().ok_or_else(Refusal::not_ready)?;
    let (mut parts, _) = request.into_parts();
    let rule = "Open a WebSocket here with the protocol graphql-transport-ws; other questions are sent to /graphql.";
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &app).await;
    let upgrade = upgrade.map_err(|_| Refusal::new(StatusCode::UPGRADE_REQUIRED, rule))?.protocols([PROTOCOL]);
    if upgrade.selected_protocol().is_none() {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, rule));
    }
    let subscriber = app.subscribers().take(client).ok_or_else(Refusal::busy)?;
    let most = engine.limits().max_body_bytes as usize;
    let upgrade = upgrade.max_message_size(most).max_frame_size(most);
    Ok(upgrade.on_upgrade(move |socket| async move {
        // An open WebSocket counts as in use.
        let _answering = slot.map(Slot::answering);
        Session::new(app, engine, client, upgrade_id).run(socket, subscriber).await;
    }))
}

/// What a client sends.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Received {
    ConnectionInit,
    Ping,
    Pong,
    Subscribe { id: String, payload: Box<Parameters> },
    Complete { id: String },
}

/// A message of an operation, on its way to the client.
struct Outgoing {
    id: String,
    /// Tells operations with the same id apart.
    number: u64,
    text: String,
    is_last: bool,
}

struct Operation {
    number: u64,
    task: AbortHandle,
}

/// Reads until the client has closed its side too: a connection that is dropped with unread bytes loses the reason.
async fn drain(mut socket: WebSocket) {
    let reading = async { while socket.recv().await.is_some_and(|message| message.is_ok()) {} };
    let _ = tokio::time::timeout(CLOSE_TIMEOUT, reading).await;
}

/// Why a connection is closed.
struct Closed {
    code: u16,
    reason: String,
}

impl Closed {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    fn of(ended: Ended) -> Self {
        match ended {
            Ended::ServerStops => Self::new(1001, "The server stops"),
            Ended::Evicted => Self::new(1013, "Too many clients listen, and most of them from your address"),
        }
    }
}

/// One connection.
struct Session {
    app: App,
    engine: Engine,
    client: IpAddr,
    /// The request that opened it.
    upgrade: RequestId,
    is_acknowledged: bool,
    operations: HashMap<String, Operation>,
    last_number: u64,
    outgoing: mpsc::Sender<Outgoing>,
    to_client: mpsc::Receiver<Outgoing>,
}

impl Session {
    fn new(app: App, engine: Engine, client: IpAddr, upgrade: RequestId) -> Self {
        let (outgoing, to_client) = mpsc::channel(MAX_OUTGOING);
        Self { app, engine, client, upgrade, is_acknowledged: false, operations: HashMap::new(), last_number: 0, outgoing, to_client }
    }

    /// Serves the connection until one side closes it.
    async fn run(mut self, mut socket: WebSocket, mut subscriber: Subscriber) {
        let begun = tokio::time::sleep(INIT_TIMEOUT);
        tokio::pin!(begun);
        let mut keep_alive = tokio::time::interval(self.app.keep_alive_interval());
        let (mut last_received, mut last_asked) = (Instant::now(), Instant::now());
        let closed = loop {
            let reply = tokio::select! {
                message = socket.recv() => {
                    last_received = Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) => {
                            last_asked = last_received;
                            self.receive(&text)
                        }
                        Some(Ok(Message::Binary(_))) => Err(Closed::new(4400, "Send messages as text")),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
                        Some(Ok(Message::Close(_))) => return drain(socket).await,
                        Some(Err(_)) | None => return,
                    }
                }
                Some(outgoing) = self.to_client.recv() => Ok(self.take(outgoing)),
                () = &mut begun, if !self.is_acknowledged => Err(Closed::new(4408, "Connection initialisation timeout")),
                ended = subscriber.ended() => Err(Closed::of(ended)),
                _ = keep_alive.tick() => {
                    let most = self.app.keep_alive_interval() * 3;
                    if last_received.elapsed() > most {
                        return;
                    }
                    match self.operations.is_empty() && last_asked.elapsed() > most {
                        true => Err(Closed::new(1001, "Nothing was asked for too long")),
                        false if socket.send(Message::Ping(Bytes::default())).await.is_err() => return,
                        false => Ok(None),
                    }
                }
            };
            match reply {
                Ok(None) => {}
                Ok(Some(text)) => {
                    if socket.send(Message::Text(text.into())).await.is_err() {
                        return;
                    }
                }
                Err(closed) => break closed,
            }
        };
        // A close frame has room for 123 bytes.
        let Closed { code, mut reason } = closed;
        reason.truncate(reason.floor_char_boundary(123));
        let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
        drain(socket).await;
    }

    /// Handles a message of the client, and returns the immediate reply.
    fn receive(&mut self, text: &str) -> Result<Option<String>, Closed> {
        let received = serde_json::from_str(text).map_err(|_| Closed::new(4400, "Invalid message"))?;
        match received {
            Received::ConnectionInit if self.is_acknowledged => Err(Closed::new(4429, "Too many initialisation requests")),
            Received::ConnectionInit => {
                self.is_acknowledged = true;
                Ok(Some(json!({ "type": "connection_ack" }).to_string()))
            }
            Received::Ping => Ok(Some(json!({ "type": "pong" }).to_string())),
            Received::Pong => Ok(None),
            Received::Subscribe { .. } if !self.is_acknowledged => Err(Closed::new(4401, "Unauthorized")),
            Received::Subscribe { id, .. } if self.operations.contains_key(&id) => {
                Err(Closed::new(4409, format!("Subscriber for {id} already exists")))
            }
            Received::Subscribe { id, .. } if self.operations.len() >= MAX_OPERATIONS => {
                Ok(Some(refusal(&id, &Refusal::too_many_operations(MAX_OPERATIONS), &self.upgrade.another())))
            }
            Received::Subscribe { id, payload } => match self.app.room(u32::try_from(text.len()).unwrap_or(u32::MAX)) {
                Ok(room) => {
                    self.subscribe(id, payload, room);
                    Ok(None)
                }
                Err(Busy) => Ok(Some(refusal(&id, &Refusal::busy(), &self.upgrade.another()))),
            },
            Received::Complete { id } => {
                self.operations.remove(&id);
                Ok(None)
            }
        }
    }

    /// Begins an operation in a task of its own, which holds the room that it takes.
    fn subscribe(&mut self, id: String, parameters: Box<Parameters>, room: OwnedSemaphorePermit) {
        self.last_number += 1;
        let (number, outgoing, request_id) = (self.last_number, self.outgoing.clone(), self.upgrade.another());
        let (app, engine, client, to) = (self.app.clone(), self.engine.clone(), self.client, id.clone());
        let task = tokio::spawn(async move {
            let _room = room;
            let mut messages = messages(app, engine, client, request_id, parameters, &to).await;
            while let Some((text, is_last)) = messages.next().await {
                if outgoing.send(Outgoing { id: to.clone(), number, text, is_last }).await.is_err() {
                    return;
                }
            }
        });
        self.operations.insert(id, Operation { number, task: task.abort_handle() });
    }

    /// The text to send, unless its operation was completed meanwhile.
    fn take(&mut self, outgoing: Outgoing) -> Option<String> {
        let is_open = self.operations.get(&outgoing.id).is_some_and(|operation| operation.number == outgoing.number);
        if is_open && outgoing.is_last {
            self.operations.remove(&outgoing.id);
        }
        is_open.then_some(outgoing.text)
    }
}

/// The task ends with its operation.
impl Drop for Operation {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The message that rejects an operation.
fn refusal(id: &str, refusal: &Refusal, request_id: &str) -> String {
    json!({ "type": "error", "id": id, "payload": refusal.errors(request_id) }).to_string()
}

/// The messages of an operation. The last one is marked.
async fn messages(
    app: App,
    engine: Engine,
    client: IpAddr,
    request_id: RequestId,
    parameters: Box<Parameters>,
    id: &str,
) -> BoxStream<'static, (String, bool)> {
    let started = Instant::now();
    let payloads =
        Payloads { app: app.clone(), limits: *engine.limits(), client, asks_cost: parameters.asks_cost(), request_id: request_id.clone() };
    let reply = match parameters.into_request(&app, &engine) {
        Ok(request) => answering::catch_panic(answering::answer_or_subscribe(&app, &engine, client, request, &request_id)).await,
        Err(refusal) => Err(refusal),
    };
    let complete = (json!({ "type": "complete", "id": id }).to_string(), true);
    match reply {
        Ok(Reply::Answer(outcome, answer)) => {
            outcome.record(&app, 200, started, &request_id);
            match message(&answer, id, &payloads) {
                (text, true) => stream::iter(vec![(text, true)]).boxed(),
                (text, false) => stream::iter(vec![(text, false), complete]).boxed(),
            }
        }
        Ok(Reply::Events(events)) => {
            let id = id.to_owned();
            events.map(move |answer| message(&answer, &id, &payloads)).chain(stream::iter([complete])).boxed()
        }
        Err(refused) => {
            refused.outcome().record(&app, refused.status.as_u16(), started, &request_id);
            stream::iter([(refusal(id, &refused, &request_id), true)]).boxed()
        }
    }
}

/// An answer as a message. A document that was rejected ends its operation.
fn message(answer: &Finished, id: &str, payloads: &Payloads) -> (String, bool) {
    let is_rejected = matches!(&answer.body, FinishedBody::Errors(answer) if answer.data.is_none());
    let (kind, payload) = match is_rejected {
        true => ("error", errors(&payloads.write(answer))),
        false => ("next", payloads.write(answer)),
    };
    (format!(r#"{{"type":"{kind}","id":{},"payload":{payload}}}"#, json!(id)), is_rejected)
}

/// The errors of an answer alone.
fn errors(answer: &str) -> String {
    serde_json::from_str::<serde_json::Value>(answer).map(|answer| answer["errors"].to_string()).unwrap_or_default()
}
