//! The id of a request, which ties an error to its line in the log and to its trace.

use std::ops::Deref;
use std::time::Duration;

use async_graphql::ErrorExtensionValues;
use axum::http::{HeaderMap, HeaderName};
use opentelemetry::Context;
use opentelemetry::global::BoxedTracer;
use uuid::Uuid;

use super::outcome::Outcome;
use super::span;
use crate::answer::GraphqlResponse;

/// The header with the id of a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, and the trace that its client began.
#[derive(Clone)]
pub(crate) struct RequestId {
    id: String,
    trace: Context,
}

impl RequestId {
    /// The id from the gateway if it is valid, or a new one.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
        let is_id =
            |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        Self { id: given.filter(is_id).map_or_else(new, str::to_owned), trace: span::trace(headers) }
    }

    /// Records in the trace that the request was answered now, after `took`.
    pub(crate) fn record_span(&self, tracer: &BoxedTracer, outcome: &Outcome, status: u16, took: Duration) {
        span::record(tracer, &self.trace, &self.id, outcome, status, took);
    }

    /// A new id in the same trace.
    pub(crate) fn another(&self) -> Self {
        Self { id: new(), trace: self.trace.clone() }
    }
}

impl Deref for RequestId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.id
    }
}

/// The id of a request without headers.
pub(crate) fn new() -> String {
    Uuid::now_v7().to_string()
}

/// The same errors with the id of a request.
pub(crate) fn with_request_id(answer: &GraphqlResponse, request_id: &str) -> GraphqlResponse {
    let mut answer = answer.clone();
    for error in &mut answer.errors {
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("requestId", request_id);
    }
    answer
}
