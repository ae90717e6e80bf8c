//! Logging to standard error: text at a terminal, one JSON object per line elsewhere.
//!
//! A thread of its own writes many lines at once. If the log cannot be written, lines are lost and no request is delayed.

use std::io::{self, IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing_subscriber::EnvFilter;

/// The log filter if `RUST_LOG` is not set.
const DEFAULT_FILTER: &str = "warn,podium=info,podium_api=info,podium_store=info";

/// How many bytes may wait to be written. Further lines are lost.
const MAX_WAITING: usize = 1 << 20;

/// How long lines are collected before they are written. To wake the writer for each line would cost more than the line.
const COLLECTED: Duration = Duration::from_millis(5);

/// How long the last lines may take to be written.
const LAST: Duration = Duration::from_secs(1);

static LOG: Log = Log {
    waiting: Mutex::new(Waiting { lines: Vec::new(), is_idle: true, is_written: true }),
    changed: Condvar::new(),
    lost: AtomicU64::new(0),
};

struct Log {
    waiting: Mutex<Waiting>,
    changed: Condvar,
    lost: AtomicU64,
}

struct Waiting {
    lines: Vec<u8>,
    /// Whether the writer sleeps until there is something to write.
    is_idle: bool,
    is_written: bool,
}

/// How many lines were lost so far.
pub(crate) fn lost_lines() -> u64 {
    LOG.lost.load(Ordering::Relaxed)
}

/// Starts logging, panics included.
///
/// # Errors
/// When no thread can be started.
pub(crate) fn init() -> io::Result<()> {
    thread::Builder::new().name("log".to_owned()).spawn(|| LOG.write_for_ever())?;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let log = tracing_subscriber::fmt().with_env_filter(filter).log_internal_errors(false).with_writer(|| Line);
    match stderr().is_terminal() {
        true => log.init(),
        false => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        tracing::error!(place = panic.location().map(ToString::to_string), reason = panic.payload_as_str(), "the program panicked");
    }));
    Ok(())
}

/// Waits until the lines so far are written, unless that takes too long.
pub(crate) fn flush() {
    let is_waiting = |waiting: &mut Waiting| !waiting.is_written || !waiting.lines.is_empty();
    drop(LOG.changed.wait_timeout_while(LOG.waiting(), LAST, is_waiting));
}

impl Log {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, line: &[u8]) {
        let mut waiting = self.waiting();
        if waiting.lines.len() + line.len() > MAX_WAITING {
            self.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
        waiting.lines.extend_from_slice(line);
        if std::mem::take(&mut waiting.is_idle) {
            self.changed.notify_all();
        }
    }

    fn write_for_ever(&self) {
        let mut lines = Vec::new();
        loop {
            let waiting = self.changed.wait_while(self.waiting(), |waiting| waiting.lines.is_empty());
            drop(waiting);
            thread::sleep(COLLECTED);
            {
                let mut waiting = self.waiting();
                std::mem::swap(&mut waiting.lines, &mut lines);
                waiting.is_written = false;
            }
            if stderr().write_all(&lines).is_err() {
                self.lost.fetch_add(lines.split_inclusive(|byte| *byte == b'\n').count() as u64, Ordering::Relaxed);
            }
            lines.clear();
            let mut waiting = self.waiting();
            (waiting.is_written, waiting.is_idle) = (true, waiting.lines.is_empty());
            self.changed.notify_all();
        }
    }
}

/// One line of the log.
struct Line;

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LOG.add(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
