//! A span for each answer, for those who collect traces.

use std::time::{Duration, SystemTime};

use axum::http::HeaderMap;
use opentelemetry::global::{self, BoxedTracer};
use opentelemetry::trace::{Span, SpanKind, Status, Tracer};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::HeaderExtractor;

use super::outcome::Outcome;

/// The trace that the client of a request began, if it did.
pub(super) fn trace(headers: &HeaderMap) -> Context {
    global::get_text_map_propagator(|told| told.extract_with_context(&Context::new(), &HeaderExtractor(headers)))
}

/// Records an answer that ended now, after `took`.
#[expect(clippy::disallowed_methods, reason = "spans have times of day")]
pub(super) fn record(tracer: &BoxedTracer, trace: &Context, request_id: &str, outcome: &Outcome, status: u16, took: Duration) {
    let begun = SystemTime::now().checked_sub(took).unwrap_or(SystemTime::UNIX_EPOCH);
    let name = outcome.operation.clone().unwrap_or_else(|| "GraphQL request".to_owned());
    let span = tracer.span_builder(name).with_kind(SpanKind::Server).with_start_time(begun);
    let mut span = span.start_with_context(tracer, trace);
    if let Some(name) = &outcome.operation {
        span.set_attribute(KeyValue::new("graphql.operation.name", name.clone()));
    }
    span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
    span.set_attribute(KeyValue::new("podium.cached", outcome.is_cached));
    span.set_attribute(KeyValue::new("podium.statements", i64::try_from(outcome.statements).unwrap_or(i64::MAX)));
    span.set_attribute(KeyValue::new("podium.request_id", request_id.to_owned()));
    if let Some(code) = outcome.codes.first() {
        span.set_attribute(KeyValue::new("error.type", code.clone()));
        // The mistakes of clients are no failures of the server.
        if status >= 500 {
            span.set_status(Status::error(code.clone()));
        }
    }
    span.end();
}
