//! The `/graphql` route, as the GraphQL over HTTP specification defines it.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use async_graphql::{ErrorExtensionValues, Variables};
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::App;
use super::media::{Media, is_json};
use super::refusal::{REQUEST_ID, Refusal};
use crate::answer::{Answer, Engine};
use crate::limits::Limits;

/// Handles a request, and writes its one line to the log.
pub(super) async fn answer(State(app): State<App>, request: Request) -> Response {
    let (started, request_id) = (Instant::now(), request_id(request.headers()));
    let media = Media::accepted(request.headers());
    let answered = match (media, app.engine()) {
        (None, _) => Err(Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            "Answers are written as application/graphql-response+json or application/json; accept one of them.",
        )),
        (_, None) => Err(Refusal::not_ready()),
        (_, Some(engine)) => catch_panic(execute(engine, request).boxed()).await,
    };
    let media = media.unwrap_or(Media::Json);
    let (operation, statements, response) = match answered {
        Ok(Answered { operation, answer }) => (operation, answer.statements, write(answer, media, &request_id)),
        Err(refusal) => (None, 0, refusal.into_response_of(media, &request_id)),
    };
    tracing::info!(
        operation = operation.as_deref().unwrap_or_default(),
        status = response.status().as_u16(),
        statements,
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

/// A response, and the name of its operation.
struct Answered {
    operation: Option<String>,
    answer: Answer,
}

/// The parameters of a request, from its body or its query string.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters<Object> {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<Object>,
    /// Ignored, but must be an object.
    extensions: Option<Object>,
}

async fn execute(engine: &Engine, request: Request) -> Result<Answered, Refusal> {
    let (parts, body) = request.into_parts();
    let parameters = match parts.method {
        Method::POST => by_post(&parts.headers, body, engine.limits()).await?,
        Method::GET | Method::HEAD => by_get(&parts.headers, &parts.uri)?,
        _ => return Err(Refusal::method("GET, HEAD, POST")),
    };
    let query = parameters.query.ok_or_else(|| bad_request("There is no `query` to answer."))?;
    let variables = parameters.variables.map(|variables| Variables::from_json(variables.into())).unwrap_or_default();
    let mut request = async_graphql::Request::new(query).variables(variables);
    // Only a valid name is logged, not whatever the client sent as one.
    let named = parameters
        .operation_name
        .clone()
        .filter(|name| name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    request.operation_name = parameters.operation_name;
    Ok(match engine.measure(request) {
        Ok(document) if parts.method != Method::POST && !document.is_query() => return Err(Refusal::only_queries()),
        Ok(document) => Answered { operation: document.operation_name().map(str::to_owned), answer: engine.answer(document).await },
        Err(refusal) => Answered { operation: named, answer: Answer::refused(vec![refusal]) },
    })
}

async fn by_post(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Parameters<Map<String, Value>>, Refusal> {
    if !headers.get(header::CONTENT_TYPE).is_some_and(is_json) {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question as application/json in UTF-8."));
    }
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question without a content encoding."));
    }
    let most = limits.max_body_bytes;
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > most.into()) {
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
        operation_name: parameters.operation_name,
        variables: object("variables", parameters.variables)?,
        extensions: object("extensions", parameters.extensions)?,
    })
}

fn bad_request(rule: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, rule)
}

/// The HTTP response. A request that was rejected before execution has the status 400, but 200 in the older media type.
fn write(mut answer: Answer, media: Media, request_id: &str) -> Response {
    for error in &mut answer.errors {
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("requestId", request_id);
    }
    let status = match (answer.data.is_some(), media) {
        (false, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    match serde_json::to_vec(&answer) {
        Ok(body) => (status, media.headers(), [(REQUEST_ID, request_id)], body).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written");
            Refusal::internal().into_response_of(media, request_id)
        }
    }
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
