//! Metrics for Prometheus.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::gauges::{GaugeValues, Gauges};
use super::outcome::Outcome;

/// The maximum number of operation names with a time series of their own. All others share one.
const MAX_OPERATIONS: usize = 100;

/// The maximum length of an operation name, in bytes.
const MAX_NAME: usize = 100;

/// The label of all other operations.
const OTHER: &str = "other";

/// The metrics since the start of the server.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    errors: Family<Code, Counter>,
    seconds: Family<Cached, Histogram>,
    statements: Counter,
    complexity: Histogram,
    exceeded: Family<Limit, Counter>,
    operations: Mutex<Vec<String>>,
    gauges: Gauges,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    operation: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Limit {
    limit: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Cached {
    cached: &'static str,
}

fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.000_25, 2.0, 16))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("podium");
        let (requests, errors, exceeded) = (Family::default(), Family::default(), Family::default());
        let seconds = Family::new_with_constructor(seconds as fn() -> Histogram);
        let (complexity, statements) = (Histogram::new(exponential_buckets(1.0, 4.0, 10)), Counter::default());
        registry.register("build", "The version of the program", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        registry.register("requests", "GraphQL requests by operation and status", requests.clone());
        registry.register("errors", "Errors in responses by their code", errors.clone());
        registry.register("exceeded_limits", "Refusals by the limit that the request exceeded", exceeded.clone());
        registry.register("request_seconds", "How long requests took, with the answer cached or executed", seconds.clone());
        registry.register("complexity", "The estimated complexity of executed requests", complexity.clone());
        registry.register("statements", "SQL statements of answers", statements.clone());
        let gauges = Gauges::register(&mut registry);
        Self { registry, requests, errors, exceeded, seconds, complexity, statements, operations: Mutex::default(), gauges }
    }

    /// Counts a request.
    pub(crate) fn count(&self, outcome: &Outcome, status: u16, took: Duration) {
        let operation = self.known(outcome.operation.as_deref().unwrap_or_default(), outcome.codes.is_empty());
        self.requests.get_or_create(&Request { operation, status }).inc();
        for code in &outcome.codes {
            self.errors.get_or_create(&Code { code: code.clone() }).inc();
        }
        for limit in &outcome.limits {
            self.exceeded.get_or_create(&Limit { limit: limit.clone() }).inc();
        }
        if let Some(complexity) = outcome.complexity {
            #[expect(clippy::cast_precision_loss, reason = "it is below 2^52")]
            self.complexity.observe(complexity as f64);
        }
        let cached = if outcome.is_cached { "true" } else { "false" };
        self.seconds.get_or_create(&Cached { cached }).observe(took.as_secs_f64());
        self.statements.inc_by(outcome.statements as u64);
    }

    /// The name of an operation while few are known: names are the clients', and each takes memory for ever. Only one that was answered
    /// becomes known.
    fn known(&self, name: &str, is_answered: bool) -> String {
        let mut operations = self.operations.lock().unwrap_or_else(PoisonError::into_inner);
        if operations.iter().any(|known| known == name) {
            return name.to_owned();
        }
        if !is_answered || name.len() > MAX_NAME || operations.len() >= MAX_OPERATIONS {
            return OTHER.to_owned();
        }
        operations.push(name.to_owned());
        name.to_owned()
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, values: &GaugeValues) -> String {
        self.gauges.set(values);
        let mut written = String::new();
        // Writing to a string does not fail.
        let _ = text::encode(&mut written, &self.registry);
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_operations_are_told_apart() {
        let metrics = Metrics::new();
        for number in 0..MAX_OPERATIONS * 2 {
            let outcome = Outcome { operation: Some(format!("Q{number}")), ..Outcome::default() };
            metrics.count(&outcome, 200, Duration::from_millis(1));
        }
        let text = metrics.text(&GaugeValues { data_version: 7, ..GaugeValues::default() });
        assert!(text.contains(r#"podium_requests_total{operation="Q7",status="200"} 1"#), "{text}");
        assert!(text.contains(&format!(r#"podium_requests_total{{operation="other",status="200"}} {MAX_OPERATIONS}"#)), "{text}");
        assert!(text.contains("podium_data_version 7") && text.ends_with("# EOF\n"), "{text}");
    }
}
