//! Logging to standard error: text at a terminal, one JSON object per line elsewhere.
//!
//! Lines are written by a thread of their own. A log that cannot be written, or that nobody reads, loses lines and holds nobody up.

use std::io::{self, IsTerminal, Write, stderr};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

/// The log filter if `RUST_LOG` is not set.
const DEFAULT_FILTER: &str = "warn,podium=info,podium_api=info";

/// How many lines may wait to be written. Further ones are lost.
const WAITING_LINES: usize = 16 * 1024;

/// Lines that could not be written.
static UNWRITTEN: AtomicU64 = AtomicU64::new(0);

/// Lines that found no place to wait.
static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// How many lines were lost so far.
pub(crate) fn lost_lines() -> u64 {
    UNWRITTEN.load(Ordering::Relaxed) + DROPPED.get().map_or(0, |dropped| dropped.dropped_lines() as u64)
}

/// Starts logging, panics included. The lines that still wait are written when the guard is dropped.
pub(crate) fn init() -> WorkerGuard {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let (lines, guard) = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(WAITING_LINES).finish(StandardError);
    let _ = DROPPED.set(lines.error_counter());
    let log = tracing_subscriber::fmt().with_env_filter(filter).log_internal_errors(false).with_writer(lines);
    match stderr().is_terminal() {
        true => log.init(),
        false => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(place = panic.location().map(ToString::to_string), reason = panic.payload_as_str(), "the program panicked");
    }));
    guard
}

/// Standard error, where a line that cannot be written is lost.
struct StandardError;

impl Write for StandardError {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if stderr().write_all(line).is_err() {
            UNWRITTEN.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = stderr().flush();
        Ok(())
    }
}
