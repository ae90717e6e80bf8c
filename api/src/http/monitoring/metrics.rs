//! Metrics for Prometheus.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

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
    operations: Mutex<Vec<String>>,
    now: Gauges,
}

/// The values of the gauges at the time of a scrape.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct GaugeValues {
    pub(crate) answering: u64,
    pub(crate) waiting: u64,
    pub(crate) refused_requests: u64,
    pub(crate) connections: u64,
    pub(crate) refused_connections: u64,
    pub(crate) subscribers: u64,
    pub(crate) refused_subscribers: u64,
    /// 0 while it is unknown.
    pub(crate) data_version: u64,
    pub(crate) lost_log_lines: u64,
}

#[derive(Default)]
struct Gauges {
    answering: Number,
    waiting: Number,
    refused_requests: Number,
    connections: Number,
    refused_connections: Number,
    subscribers: Number,
    refused_subscribers: Number,
    data_version: Number,
    lost_log_lines: Number,
}

type Number = Gauge<u64, AtomicU64>;

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
struct Cached {
    cached: &'static str,
}

fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.000_25, 2.0, 16))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("podium"),
            requests: Family::default(),
            errors: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            statements: Counter::default(),
            operations: Mutex::default(),
            now: Gauges::default(),
        };
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        let registry = &mut metrics.registry;
        registry.register("build", "The version of the program", build);
        registry.register("requests", "GraphQL requests by operation and status", metrics.requests.clone());
        registry.register("errors", "Errors in responses by their code", metrics.errors.clone());
        registry.register("request_seconds", "How long requests took, with the answer cached or executed", metrics.seconds.clone());
        registry.register("statements", "SQL statements of answers", metrics.statements.clone());
        for (name, help, gauge) in [
            ("answering", "Requests that execute", &metrics.now.answering),
            ("waiting", "Requests in the queue", &metrics.now.waiting),
            ("refused_requests", "Requests refused so far because too many waited", &metrics.now.refused_requests),
            ("connections", "Open connections", &metrics.now.connections),
            ("refused_connections", "Connections refused so far because there were too many", &metrics.now.refused_connections),
            ("subscribers", "Open WebSockets and event streams", &metrics.now.subscribers),
            (
                "refused_subscribers",
                "WebSockets and event streams refused or evicted so far because there were too many",
                &metrics.now.refused_subscribers,
            ),
            ("data_version", "The version of the data; 0 while it is unknown", &metrics.now.data_version),
            ("lost_log_lines", "Lines of the log lost so far because they could not be written", &metrics.now.lost_log_lines),
        ] {
            registry.register(name, help, gauge.clone());
        }
        metrics
    }

    /// Counts a request.
    pub(crate) fn count(&self, outcome: &Outcome, status: u16, took: Duration) {
        let operation = self.known(outcome.operation.as_deref().unwrap_or_default(), outcome.codes.is_empty());
        self.requests.get_or_create(&Request { operation, status }).inc();
        for code in &outcome.codes {
            self.errors.get_or_create(&Code { code: code.clone() }).inc();
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
    pub(crate) fn text(&self, values: GaugeValues) -> String {
        self.now.answering.set(values.answering);
        self.now.waiting.set(values.waiting);
        self.now.refused_requests.set(values.refused_requests);
        self.now.connections.set(values.connections);
        self.now.refused_connections.set(values.refused_connections);
        self.now.subscribers.set(values.subscribers);
        self.now.refused_subscribers.set(values.refused_subscribers);
        self.now.data_version.set(values.data_version);
        self.now.lost_log_lines.set(values.lost_log_lines);
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
        let text = metrics.text(GaugeValues { data_version: 7, ..GaugeValues::default() });
        assert!(text.contains(r#"podium_requests_total{operation="Q7",status="200"} 1"#), "{text}");
        assert!(text.contains(&format!(r#"podium_requests_total{{operation="other",status="200"}} {MAX_OPERATIONS}"#)), "{text}");
        assert!(text.contains("podium_data_version 7") && text.ends_with("# EOF\n"), "{text}");
    }
}
