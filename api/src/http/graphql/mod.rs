//! The `/graphql` route, as the GraphQL over HTTP specification defines it.

pub(crate) mod answering;
mod cost_extension;
mod event_payload;
mod event_stream;
pub(crate) mod media;
pub(crate) mod parameters;
pub(crate) mod response;
pub(crate) mod trusted_documents;
pub(crate) mod websocket;

use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::FutureExt;
use serde_json::Value;

use crate::answer::{Engine, Finished};
use crate::http::app::App;
use crate::http::connection::slots::Slot;
use crate::http::monitoring::outcome::Outcome;
use crate::http::monitoring::request_id::RequestId;
use crate::http::only_headers::only_headers;
use crate::http::refusal::Refusal;
use media::{Media, wants_events, wants_page};
use parameters::{Received, read};
use response::{RequestHeaders, write};

/// Handles a request.
pub(crate) async fn route(State(app): State<App>, request: Request) -> Response {
    if request.method() == Method::GET && request.uri().query().is_none() && wants_page(request.headers()) {
        let explorer = if request.uri().path().ends_with('/') { "../explorer/" } else { "./explorer/" };
        return Redirect::temporary(explorer).into_response();
    }
    if request.method() == Method::HEAD {
        let media = Media::accepted(request.headers()).unwrap_or(Media::Json);
        return only_headers((media.headers(), [(header::CACHE_CONTROL, "no-store")]));
    }
    match wants_events(request.headers()) {
        true => event_stream::route(app, request).boxed().await,
        false => answer(app, request).await,
    }
}

async fn answer(app: App, request: Request) -> Response {
    let (started, request_id) = (Instant::now(), RequestId::of(request.headers()));
    let (media, headers) = (Media::accepted(request.headers()), RequestHeaders::of(&request));
    let mut unanswered = Unanswered { app: &app, started, request_id: &request_id, is_answered: false };
    let answered = match (media, app.engine()) {
        (None, _) => Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "Answers are written as application/graphql-response+json or application/json, and events as text/event-stream; accept one.",
        )),
        (_, None) => Err(Refusal::not_ready()),
        (_, Some(engine)) => answering::catch_panic(execute(&app, engine, request).boxed()).await,
    };
    let media = media.unwrap_or(Media::Json);
    let (outcome, response) = match answered {
        Ok(Executed { outcome, answer, extensions }) => (outcome, write(&answer, extensions.as_ref(), &headers, media, &request_id)),
        Err(refusal) => (refusal.outcome(), headers.uncacheable(refusal.into_response_of(media, &request_id))),
    };
    unanswered.is_answered = true;
    outcome.record(&app, response.status().as_u16(), started, &request_id);
    response
}

/// The status of a request whose client left before the answer. nginx uses the same number.
const CLIENT_LEFT: u16 = 499;

/// Records a request that is dropped before it is answered.
struct Unanswered<'a> {
    app: &'a App,
    started: Instant,
    request_id: &'a RequestId,
    is_answered: bool,
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if !self.is_answered {
            Outcome::default().record(self.app, CLIENT_LEFT, self.started, self.request_id);
        }
    }
}

/// What became of a request.
struct Executed {
    outcome: Outcome,
    answer: Arc<Finished>,
    /// The `extensions` that the client asked for.
    extensions: Option<Value>,
}

async fn execute(app: &App, engine: &Engine, request: Request) -> Result<Executed, Refusal> {
    let client = app.client(&request);
    let (is_get, slot) = (request.method() == Method::GET, request.extensions().get::<Slot>().cloned());
    let Received { request, asks_cost, room: _room } = read(app, engine, request).await?;
    // Not before: a client that sends its body slowly counts as idle.
    let _answering = slot.map(Slot::answering);
    // In a box, so that it takes no memory while the body is read.
    let (outcome, answer) = answering::answer(app, engine, client, request).boxed().await?;
    if is_get && answer.operation.operation_type == OperationType::Mutation {
        return Err(Refusal::only_queries());
    }
    let extensions = asks_cost.then(|| cost_extension::of(answer.cost, engine.limits(), app.budgets().state(client)));
    Ok(Executed { outcome, answer, extensions })
}
