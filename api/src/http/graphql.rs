//! The `/graphql` route, as the GraphQL over HTTP specification defines it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::ErrorExtensionValues;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::FutureExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::App;
use super::admission::Busy;
use super::compression::takes_gzip;
use super::held_connections::Place as Connection;
use super::media::{Media, is_json, wants_page};
use super::outcome::Outcome;
use super::refusal::{REQUEST_ID, RETRY_AFTER, Refusal};
use crate::answer::{Answer, AnswerBody, Engine, Finished, GraphqlRequest, OtherHash};
use crate::error::UNAVAILABLE;
use crate::limits::Limits;

/// Handles a request, and writes its one line to the log.
pub(super) async fn answer(State(app): State<App>, request: Request) -> Response {
    let (started, request_id) = (Instant::now(), request_id(request.headers()));
    if request.method() == Method::GET && request.uri().query().is_none() && wants_page(request.headers()) {
        let explorer = if request.uri().path().ends_with('/') { "../" } else { "./" };
        return Redirect::temporary(explorer).into_response();
    }
    let (media, asked) = (Media::accepted(request.headers()), Asked::by(&request));
    let answered = match (media, app.engine()) {
        (None, _) => Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "Answers are written as application/graphql-response+json or application/json; accept one of them.",
        )),
        (_, None) => Err(Refusal::not_ready()),
        (_, Some(engine)) => catch_panic(execute(&app, engine, request).boxed()).await,
    };
    let media = media.unwrap_or(Media::Json);
    let (outcome, response) = match answered {
        Ok((outcome, answer)) => (outcome, write(&answer, &asked, media, &request_id)),
        Err(refusal) => (refusal.outcome(), asked.not_kept(refusal.into_response_of(media, &request_id))),
    };
    app.metrics().count(&outcome, response.status().as_u16(), started.elapsed());
    tracing::info!(
        operation = outcome.operation.as_deref().unwrap_or_default(),
        status = response.status().as_u16(),
        statements = outcome.statements,
        cached = outcome.is_cached,
        milliseconds = started.elapsed().as_secs_f64() * 1000.0,
        request_id,
        "answered"
    );
    response
}

/// Turns a panic while handling a request into an internal server error.
async fn catch_panic<T>(answering: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    AssertUnwindSafe(answering).catch_unwind().await.unwrap_or_else(|_panic| Err(Refusal::internal()))
}

/// The request id, which ties an error to its line in the log: the id from the gateway if it is valid, or a new one.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let is_id = |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    given.filter(is_id).map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

/// The parameters of a request, from its body or its query string.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters<Object> {
    query: Option<String>,
    /// The name of a trusted document, as clients write it; ignored unless it is a text.
    document_id: Option<Value>,
    #[serde(rename = "doc_id")]
    doc_id: Option<Value>,
    id: Option<Value>,
    operation_name: Option<String>,
    variables: Option<Object>,
    extensions: Option<Object>,
}

async fn execute(app: &App, engine: &Engine, request: Request) -> Result<(Outcome, Arc<Finished>), Refusal> {
    let client = app.client(&request);
    let (mut parts, body) = request.into_parts();
    let connection = parts.extensions.remove::<Connection>();
    let _room = match parts.method {
        Method::POST => Some(app.room(body_bytes(&parts.headers, engine.limits())).map_err(|Busy| Refusal::busy())?),
        _ => None,
    };
    let parameters = match parts.method {
        Method::POST => by_post(&parts.headers, body, engine.limits()).await?,
        Method::GET | Method::HEAD => by_get(&parts.headers, &parts.uri)?,
        _ => return Err(Refusal::method("GET, HEAD, POST")),
    };
    let query = {
        let hash = parameters.extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery")?.get("sha256Hash")?.as_str());
        let id = [&parameters.document_id, &parameters.doc_id, &parameters.id].into_iter().flatten().find_map(Value::as_str);
        document(app, engine, parameters.query, id, hash)?
    };
    let (operation_name, variables) = (parameters.operation_name, parameters.variables.unwrap_or_default());
    // Only a valid name is logged, not whatever the client sent as one.
    let is_name = |name: &&String| name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let named = operation_name.as_ref().filter(is_name).cloned();
    let request = GraphqlRequest { query, operation_name, variables };
    let key = request.key();
    if let Some(answer) = engine.cached(&key) {
        return Ok((Outcome { operation: answer.operation().map(str::to_owned), is_cached: true, ..Outcome::default() }, answer));
    }
    if engine.is_lost() {
        return Err(Refusal::lost());
    }
    // Whoever sends a body slowly is not answered yet.
    let _answering = connection.map(Connection::answering);
    let _place = app.admit(client).await.map_err(|Busy| Refusal::busy())?;
    Ok(match engine.prepare(key, request) {
        Ok(document) if parts.method != Method::POST && !document.is_query() => return Err(Refusal::only_queries()),
        Ok(document) => {
            let operation = document.operation_name().map(str::to_owned);
            let answer = engine.finish(document).await;
            (Outcome { operation, codes: answer.codes(), statements: answer.statements(), is_cached: false }, answer)
        }
        Err(refusal) => {
            let answer = Finished::refused(refusal);
            (Outcome { operation: named, codes: answer.codes(), ..Outcome::default() }, Arc::new(answer))
        }
    })
}

/// The text of the document: the one that was sent, or the one that is known by the name that was sent.
fn document(app: &App, engine: &Engine, query: Option<String>, id: Option<&str>, hash: Option<&str>) -> Result<String, Refusal> {
    if let Some(trusted) = app.trusted_documents() {
        let by_name = id.or(hash).and_then(|name| trusted.get(name));
        let known = by_name.map(|text| text.to_string()).or_else(|| query.filter(|text| trusted.contains(text)));
        return known.ok_or_else(Refusal::not_trusted);
    }
    match (query, hash, engine.persisted()) {
        (Some(query), None, _) | (Some(query), _, None) => Ok(query),
        (Some(query), Some(hash), Some(documents)) => match documents.keep(hash, &query) {
            Ok(()) => Ok(query),
            Err(OtherHash) => Err(bad_request("The `sha256Hash` is not that of the `query`.")),
        },
        (None, Some(hash), Some(documents)) => match documents.get(hash) {
            Some(text) => Ok(text.to_string()),
            None => Err(Refusal::persisted_query(true)),
        },
        (None, Some(_), None) => Err(Refusal::persisted_query(false)),
        (None, None, _) => Err(bad_request("There is no `query` to answer.")),
    }
}

/// The length that a request declares.
fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok())
}

/// How many bytes of a body may be read.
fn body_bytes(headers: &HeaderMap, limits: &Limits) -> u32 {
    declared(headers).and_then(|length| u32::try_from(length).ok()).unwrap_or(u32::MAX).min(limits.max_body_bytes)
}

async fn by_post(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Parameters<Map<String, Value>>, Refusal> {
    if !headers.get(header::CONTENT_TYPE).is_some_and(is_json) {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question as application/json in UTF-8."));
    }
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question without a content encoding."));
    }
    let most = limits.max_body_bytes;
    if declared(headers).is_some_and(|length| length > most.into()) {
        return Err(Refusal::too_large(most));
    }
    let timeout = Duration::from_millis(limits.max_body_milliseconds.into());
    let read = tokio::time::timeout(timeout, Limited::new(body, most as usize).collect()).await.map_err(|_| Refusal::too_slow())?;
    let body = read.map_err(|error| match error.is::<LengthLimitError>() {
        true => Refusal::too_large(most),
        false => bad_request("The question broke off; send it again."),
    })?;
    let body = body.to_bytes();
    // Serde would read an array as the fields in their order.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(bad_request("Send one question as a JSON object; several at once are not answered."));
    }
    serde_json::from_slice(&body)
        .map_err(|_| bad_request("Send a JSON object with `query`, and `variables`, `operationName` and `extensions` when needed."))
}

fn by_get(headers: &HeaderMap, uri: &Uri) -> Result<Parameters<Map<String, Value>>, Refusal> {
    if headers.get(header::CONTENT_TYPE).is_some_and(|content_type| !is_json(content_type)) {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "A question by GET has no body, and no content type but application/json.",
        ));
    }
    let parameters = Query::<Parameters<String>>::try_from_uri(uri);
    let Query(parameters) =
        parameters.map_err(|_| bad_request("Give `query`, and `variables`, `operationName` and `extensions` when needed, once each."))?;
    let object = |name: &str, text: Option<String>| {
        let parsed = text.map(|text| serde_json::from_str::<Option<Map<String, Value>>>(&text)).transpose();
        parsed.map(Option::flatten).map_err(|_| bad_request(&format!("`{name}` must be a JSON object.")))
    };
    Ok(Parameters {
        query: parameters.query,
        document_id: parameters.document_id,
        doc_id: parameters.doc_id,
        id: parameters.id,
        operation_name: parameters.operation_name,
        variables: object("variables", parameters.variables)?,
        extensions: object("extensions", parameters.extensions)?,
    })
}

fn bad_request(rule: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, rule)
}

/// What the headers of a request say of the response.
struct Asked {
    /// Whether caches between client and server may keep the response.
    is_get: bool,
    takes_gzip: bool,
    /// The entity tags of what the client has.
    has: String,
}

impl Asked {
    fn by(request: &Request) -> Self {
        let text = |name| {
            let lines = request.headers().get_all(name).iter().filter_map(|line| line.to_str().ok());
            lines.collect::<Vec<_>>().join(",")
        };
        Self {
            is_get: matches!(*request.method(), Method::GET | Method::HEAD),
            takes_gzip: takes_gzip(request.headers()),
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
fn write(answer: &Finished, asked: &Asked, media: Media, request_id: &str) -> Response {
    match answer {
        Finished::Data(body) => write_data(body, asked, media, request_id),
        Finished::Errors(answer) => write_errors(answer.clone(), asked, media, request_id),
    }
}

fn write_data(body: &AnswerBody, asked: &Asked, media: Media, request_id: &str) -> Response {
    let is_known = asked.is_get && asked.has(body.etag());
    let gzip = if asked.takes_gzip && !is_known { body.gzip() } else { None };
    let bytes = gzip.unwrap_or(&body.json).clone();
    let mut response = (media.headers(), [(REQUEST_ID, request_id)], bytes).into_response();
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if gzip.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
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

fn write_errors(mut answer: Answer, asked: &Asked, media: Media, request_id: &str) -> Response {
    for error in &mut answer.errors {
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("requestId", request_id);
    }
    let status = match (answer.data.is_some(), media) {
        _ if answer.has_error(UNAVAILABLE) => StatusCode::SERVICE_UNAVAILABLE,
        (false, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut response = match serde_json::to_vec(&answer) {
        Ok(body) => (status, media.headers(), [(REQUEST_ID, request_id)], body).into_response(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_as_our_fault() {
        assert_eq!(catch_panic(async { panic!("at the disco") }).await, Err::<(), _>(Refusal::internal()));
        assert_eq!(catch_panic(async { Ok(7) }).await, Ok(7));
    }
}
