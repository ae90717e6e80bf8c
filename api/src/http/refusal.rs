//! Rejected HTTP requests: each has a status code, and one sentence that states the rule.

use std::time::Duration;

use async_graphql::ServerError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::admission::budget::OverBudget;
use super::graphql::media::Media;
use super::monitoring::outcome::Outcome;
use super::monitoring::request_id::{self, REQUEST_ID};
use crate::error::{BAD_USER_INPUT, INTERNAL, INTERNAL_MESSAGE, LIMIT_EXCEEDED, TIMEOUT, UNAVAILABLE, UNAVAILABLE_MESSAGE, code};

/// In how many seconds to try again.
pub(super) const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// Why a request is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    code: &'static str,
    message: String,
    /// The methods that are allowed, when another was used.
    allow: Option<&'static str>,
    /// The exceeded limit, with its value.
    limit: Option<(&'static str, u32)>,
    /// In how many seconds to try again.
    retry_after: Option<u64>,
}

impl Refusal {
    /// The client's mistake.
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, code: BAD_USER_INPUT, message: message.into(), allow: None, limit: None, retry_after: None }
    }

    /// 400: no host, or several.
    pub(super) fn host() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "A request by HTTP/1.1 has one `Host` header.")
    }

    /// 404: an unknown path.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Podium answers GraphQL at /graphql, by POST or GET; what can be asked stands at /schema.graphql.")
    }

    /// 405: a method other than GET and HEAD on a route that only allows these.
    pub(super) fn read_only() -> Self {
        Self::method("GET, HEAD")
    }

    /// 405: a method that the route does not allow.
    pub(super) fn method(allow: &'static str) -> Self {
        let message = format!("Only {allow} are answered here; questions are sent to /graphql by POST.");
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message) }
    }

    /// 405: an operation other than a query, sent by GET.
    pub(super) fn only_queries() -> Self {
        Self { allow: Some("POST"), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "GET can only ask; send anything else by POST.") }
    }

    /// 413: a body that is too large.
    pub(super) fn too_large(most: u32) -> Self {
        let message = format!("This request has more than {most} bytes, which is the most that is read.");
        let limit = Some(("maxBodyBytes", most));
        Self { code: LIMIT_EXCEEDED, limit, ..Self::new(StatusCode::PAYLOAD_TOO_LARGE, message) }
    }

    /// 400: variables with too many items.
    pub(super) fn too_many_items(items: u64, most: u32) -> Self {
        let message = format!("The variables have {items} items, but at most {most} are answered.");
        Self { code: LIMIT_EXCEEDED, limit: Some(("maxItems", most)), ..Self::new(StatusCode::BAD_REQUEST, message) }
    }

    /// Too many operations at once on one WebSocket.
    pub(super) fn too_many_operations(most: usize) -> Self {
        let message = format!("At most {most} operations are answered at once on a connection; complete one, or open another connection.");
        Self { code: LIMIT_EXCEEDED, ..Self::new(StatusCode::TOO_MANY_REQUESTS, message) }
    }

    /// 408: a body that did not arrive in time.
    pub(super) fn too_slow() -> Self {
        Self { code: TIMEOUT, ..Self::new(StatusCode::REQUEST_TIMEOUT, "The question did not arrive in time; send it again.") }
    }

    /// The store failed, or was too slow.
    pub(super) fn of(error: &ServerError) -> Self {
        match code(error) {
            Some(INTERNAL) => Self::internal(),
            Some(UNAVAILABLE) => Self::lost(),
            _ => Self::busy(),
        }
    }

    /// 503: the store is not ready yet.
    pub(super) fn not_ready() -> Self {
        Self { code: UNAVAILABLE, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "The server is starting; try again in a moment.") }
    }

    /// 503: the database is known to be unreachable.
    pub(super) fn lost() -> Self {
        Self { code: UNAVAILABLE, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE_MESSAGE) }
    }

    /// 503: the request was not admitted.
    pub(super) fn busy() -> Self {
        Self { code: UNAVAILABLE, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "The server is busy; try again in a moment.") }
    }

    /// 429: a client has spent its budget.
    pub(super) fn over_budget(OverBudget { per_minute, retry_after }: OverBudget) -> Self {
        let seconds = retry_after.as_secs() + 1;
        let message = format!("You have asked for more than a complexity of {per_minute} within a minute; try again in {seconds} s.");
        let limit = Some(("maxComplexityPerMinute", per_minute));
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, message);
        Self { code: LIMIT_EXCEEDED, limit, retry_after: Some(seconds), ..refusal }
    }

    /// 200, as clients of automatic persisted queries expect: the document must be sent along with its hash.
    pub(super) fn persisted_query(is_supported: bool) -> Self {
        let (code, message) = match is_supported {
            true => ("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"),
            false => ("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"),
        };
        Self { code, ..Self::new(StatusCode::OK, message) }
    }

    /// 403: a document that is not in the manifest.
    pub(super) fn not_trusted() -> Self {
        Self::new(StatusCode::FORBIDDEN, "This server answers only the documents of its own clients.")
    }

    /// 500: an internal server error.
    pub(super) fn internal() -> Self {
        Self { code: INTERNAL, ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL_MESSAGE) }
    }

    /// How long a client that is over its budget has to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        self.retry_after.map(Duration::from_secs)
    }

    /// What the log and the metrics tell.
    pub(super) fn outcome(&self) -> Outcome {
        let limits = self.limit.iter().map(|(name, _)| (*name).to_owned()).collect();
        Outcome { codes: vec![self.code.to_owned()], limits, ..Outcome::default() }
    }

    /// The errors of the response.
    pub(super) fn errors(&self, request_id: &str) -> Value {
        let mut extensions = json!({ "code": self.code, "requestId": request_id });
        if let Some((limit, maximum)) = self.limit {
            extensions["limit"] = limit.into();
            extensions["maximum"] = maximum.into();
        }
        json!([{ "message": self.message, "extensions": extensions }])
    }

    /// The response in the negotiated media type.
    pub(super) fn into_response_of(self, media: Media, request_id: &str) -> Response {
        let body = json!({ "errors": self.errors(request_id) });
        let mut response = (self.status, media.headers(), [(REQUEST_ID, request_id)], body.to_string()).into_response();
        let headers = response.headers_mut();
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        match self.retry_after {
            Some(seconds) => drop(headers.insert(header::RETRY_AFTER, seconds.into())),
            None if self.status == StatusCode::SERVICE_UNAVAILABLE => drop(headers.insert(header::RETRY_AFTER, RETRY_AFTER)),
            None => {}
        }
        response
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.into_response_of(Media::Json, &request_id::new())
    }
}
