//! The HTTP response to a request that was executed.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::cost_extension;
use super::media::Media;
use crate::answer::{AnswerBody, Coding, Finished, FinishedBody, GraphqlResponse};
use crate::error::UNAVAILABLE;
use crate::http::compression::accepted;
use crate::http::monitoring::request_id::{REQUEST_ID, with_request_id};
use crate::http::refusal::{RETRY_AFTER, Refusal};

/// The request headers that decide about the response.
pub(crate) struct RequestHeaders {
    /// Whether the response may be cached between client and server.
    is_get: bool,
    /// The content coding that the client takes.
    coding: Option<Coding>,
    /// `If-None-Match`: the entity tags that the client has.
    has: String,
}

impl RequestHeaders {
    pub(crate) fn of(request: &Request) -> Self {
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

    /// Forbids caches to store a response to GET.
    pub(super) fn uncacheable(&self, mut response: Response) -> Response {
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

/// The HTTP response. A request that was rejected before execution has the status 400, but 200 in the older media type. If the store
/// failed, it has the status 503 in both.
pub(crate) fn write(answer: &Finished, extensions: Option<&Value>, request: &RequestHeaders, media: Media, request_id: &str) -> Response {
    match (&answer.body, extensions) {
        (FinishedBody::Data(body), None) => write_data(body, request, media, request_id),
        (FinishedBody::Data(body), Some(extensions)) => {
            let body = cost_extension::append(&body.json, extensions);
            request.uncacheable((media.headers(), [(REQUEST_ID, request_id)], body).into_response())
        }
        (FinishedBody::Errors(answer), _) => write_errors(answer, extensions, request, media, request_id),
    }
}

fn write_data(body: &AnswerBody, request: &RequestHeaders, media: Media, request_id: &str) -> Response {
    let is_known = request.is_get && request.has(body.etag());
    let coding = request.coding.filter(|_| !is_known);
    let compressed = coding.and_then(|coding| Some((body.compressed(coding)?, coding)));
    let bytes = compressed.map_or(&body.json, |(bytes, _)| bytes).clone();
    let mut response = (media.headers(), [(REQUEST_ID, request_id)], bytes).into_response();
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some((_, coding)) = compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    if request.is_get {
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

/// Caches may store an answer, but must revalidate it: the data changes with every import.
const REVALIDATED: HeaderValue = HeaderValue::from_static("public, no-cache");

fn write_errors(
    answer: &GraphqlResponse,
    extensions: Option<&Value>,
    request: &RequestHeaders,
    media: Media,
    request_id: &str,
) -> Response {
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
    request.uncacheable(response)
}
