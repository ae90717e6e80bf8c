//! What the program says on standard error: text to a person at a terminal, a JSON object a line to anything else.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Begins to log, and to log panics too.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,podium=info,podium_api=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match std::io::stderr().is_terminal() {
        true => log.init(),
        false => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(place = panic.location().map(ToString::to_string), reason = panic.payload_as_str(), "the program panicked");
    }));
}
