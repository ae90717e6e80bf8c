//! The `/graphql` route, as the GraphQL over HTTP specification defines it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::{FutureExt, stream};
use serde_json::Value;

use super::compression::accepted;
use super::held_connections::Place as Connection;
use super::media::{Media, wants_events, wants_page};
use super::outcome::Outcome;
use super::parameters::{Received, read};
use super::refusal::{RETRY_AFTER, Refusal};
use super::request_id::{REQUEST_ID, request_id, with_request_id};
use super::tracing_span::RequestSpan;
use super::{App, answering, cost_extension, event_stream};
use crate::answer::{Answer, AnswerBody, Coding, Engine, Finished, FinishedBody};
use crate::error::UNAVAILABLE;

/// Handles a request.
pub(super) async fn route(State(app): State<App>, request: Request) -> Response {
    if request.method() == Method::GET && request.uri().query().is_none() && wants_page(request.headers()) {
        let explorer = if request.uri().path().ends_with('/') { "../explorer/" } else { "./explorer/" };
        return Redirect::temporary(explorer).into_response();
    }
    if request.method() == Method::HEAD {
        // Nothing is executed, so what depends on the body is left out, its length too.
        let (told, body) = (
            Media::accepted(request.headers()).unwrap_or(Media::Json).headers(),
            Body::from_stream(stream::empty::<Result<Vec<u8>, Infallible>>()),
        );
        return (told, [(header::CACHE_CONTROL, "no-store")], body).into_response();
    }
    match wants_events(request.headers()) {
        true => event_stream::route(app, request).boxed().await,
        false => answer(app, request).await,
    }
}

async fn answer(app: App, request: Request) -> Response {
    let (started, request_id) = (Instant::now(), request_id(request.headers()));
    let (media, asked) = (Media::accepted(request.headers()), Asked::by(&request));
    let span = RequestSpan::begin(app.tracer(), request.headers());
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
        Ok(Executed { outcome, answer, extensions }) => (outcome, write(&answer, extensions.as_ref(), &asked, media, &request_id)),
        Err(refusal) => (refusal.outcome(), asked.not_kept(refusal.into_response_of(media, &request_id))),
    };
    outcome.record(&app, response.status().as_u16(), started, &request_id);
    span.end(&outcome, response.status().as_u16(), &request_id);
    response
}

/// What became of a request.
struct Executed {
    outcome: Outcome,
    answer: Arc<Finished>,
    /// What the client asked to be told beside the answer.
    extensions: Option<Value>,
}

async fn execute(app: &App, engine: &Engine, request: Request) -> Result<Executed, Refusal> {
    let client = app.client(&request);
    let (is_get, connection) = (request.method() == Method::GET, request.extensions().get::<Connection>().cloned());
    let Received { request, asks_cost, room: _room } = read(app, engine, request).await?;
    // Whoever sends a body slowly is not answered yet.
    let _answering = connection.map(Connection::answering);
    // In a box, so that it takes no memory while the body is read.
    let (outcome, answer) = answering::answer(app, engine, client, request).boxed().await?;
    if is_get && answer.operation.operation_type == OperationType::Mutation {
        return Err(Refusal::only_queries());
    }
    let extensions = asks_cost.then(|| cost_extension::of(answer.cost, engine.limits(), app.budgets().state(client)));
    Ok(Executed { outcome, answer, extensions })
}

/// What the headers of a request say of the response.
pub(super) struct Asked {
    /// Whether caches between client and server may keep the response.
    is_get: bool,
    /// The content coding that the client takes.
    coding: Option<Coding>,
    /// The entity tags of what the client has.
    has: String,
}

impl Asked {
    pub(super) fn by(request: &Request) -> Self {
        let text = |name| {
            let lines = request.headers().get_all(name).iter().filter_map(|line| line.to_str().ok());
            lines.collect::<Vec<_>>().join(",")
        };
        Self {
            is_get: matches!(*request.method(), Method::GET | Method::HEAD),
            coding: accepted(request.headers()),
            has: text(header::IF_NONE_MATCH),
        }
    }

    /// A response to GET that no cache may keep.
    fn not_kept(&self, mut response: Response) -> Response {
        if self.is_get {
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        response
    }

    /// Whether the client has the representation with this tag.
    fn has(&self, etag: &str) -> bool {
        let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        self.has.trim() == "*" || self.has.split(',').any(|tag| weak(tag) == weak(etag))
    }
}

/// The HTTP response. A request that was rejected before execution has the status 400, but 200 in the older media type. One that the store
/// did not answer has the status 503 in both.
pub(super) fn write(answer: &Finished, extensions: Option<&Value>, asked: &Asked, media: Media, request_id: &str) -> Response {
    match (&answer.body, extensions) {
        (FinishedBody::Data(body), None) => write_data(body, asked, media, request_id),
        (FinishedBody::Data(body), Some(extensions)) => {
            let body = cost_extension::append(&body.json, extensions);
            asked.not_kept((media.headers(), [(REQUEST_ID, request_id)], body).into_response())
        }
        (FinishedBody::Errors(answer), _) => write_errors(answer, extensions, asked, media, request_id),
    }
}

fn write_data(body: &AnswerBody, asked: &Asked, media: Media, request_id: &str) -> Response {
    let is_known = asked.is_get && asked.has(body.etag());
    let coding = asked.coding.filter(|_| !is_known);
    let compressed = coding.and_then(|coding| Some((body.compressed(coding)?, coding)));
    let bytes = compressed.map_or(&body.json, |(bytes, _)| bytes).clone();
    let mut response = (media.headers(), [(REQUEST_ID, request_id)], bytes).into_response();
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some((_, coding)) = compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    if asked.is_get {
        headers.insert(header::CACHE_CONTROL, REVALIDATED);
        if let Ok(etag) = HeaderValue::from_str(body.etag()) {
            headers.insert(header::ETAG, etag);
        }
    }
    if is_known {
        (*response.status_mut(), *response.body_mut()) = (StatusCode::NOT_MODIFIED, Body::empty());
    }
    response
}

/// Caches may keep an answer, and ask each time whether it still holds: the data changes whenever someone imports.
const REVALIDATED: HeaderValue = HeaderValue::from_static("public, no-cache");

fn write_errors(answer: &Answer, extensions: Option<&Value>, asked: &Asked, media: Media, request_id: &str) -> Response {
    let answer = with_request_id(answer, request_id);
    let status = match (answer.data.is_some(), media) {
        _ if answer.has_error(UNAVAILABLE) => StatusCode::SERVICE_UNAVAILABLE,
        (false, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut response = match serde_json::to_vec(&answer) {
        Ok(body) => {
            let body = extensions.map_or_else(|| body.clone(), |extensions| cost_extension::append(&body, extensions));
            (status, media.headers(), [(REQUEST_ID, request_id)], body).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written");
            Refusal::internal().into_response_of(media, request_id)
        }
    };
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    asked.not_kept(response)
}
