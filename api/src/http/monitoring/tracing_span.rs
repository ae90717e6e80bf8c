//! A span for each request, for those who collect traces. It belongs to the trace that the client began, if it did.

use axum::http::HeaderMap;
use opentelemetry::global::{self, BoxedSpan, BoxedTracer};
use opentelemetry::trace::{Span, SpanKind, Status, Tracer};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::HeaderExtractor;

use super::outcome::Outcome;

/// The span of a request; none when no traces are collected.
pub(crate) struct RequestSpan(Option<BoxedSpan>);

impl RequestSpan {
    /// Begins a span. Its parent is what the headers name.
    pub(crate) fn begin(tracer: Option<&BoxedTracer>, headers: &HeaderMap) -> Self {
        Self(tracer.map(|tracer| {
            let parent = global::get_text_map_propagator(|told| told.extract_with_context(&Context::new(), &HeaderExtractor(headers)));
            tracer.span_builder("GraphQL request").with_kind(SpanKind::Server).start_with_context(tracer, &parent)
        }))
    }

    /// Ends the span with what became of the request.
    pub(crate) fn end(self, outcome: &Outcome, status: u16, request_id: &str) {
        let Some(mut span) = self.0 else { return };
        if let Some(name) = &outcome.operation {
            span.update_name(name.clone());
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
}
