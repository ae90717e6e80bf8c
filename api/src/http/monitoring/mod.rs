//! What those who run the server see: probes, metrics, traces, and the log line of each request.

pub(crate) mod gauges;
pub(crate) mod metrics;
pub mod operations;
pub(crate) mod outcome;
pub(crate) mod probes;
pub(crate) mod request_id;
mod span;
