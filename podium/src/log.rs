//! Logging to standard error: text at a terminal, one JSON object per line elsewhere.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// The log filter if `RUST_LOG` is not set.
const DEFAULT_FILTER: &str = "warn,podium=info,podium_api=info";

/// Starts logging, panics included.
pub(crate) fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match std::io::stderr().is_terminal() {
        true => log.init(),
        false => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(place = panic.location().map(ToString::to_string), reason = panic.payload_as_str(), "the program panicked");
    }));
}
