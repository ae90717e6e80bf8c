//! The work that the database may do for one answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long the database may work for an answer, and how long it has. Only `SQLite` works in the thread that asks, where that is known;
/// `PostgreSQL` holds each statement to the limit itself.
#[derive(Debug, Default)]
pub(crate) struct Work {
    limit: Option<Duration>,
    microseconds: AtomicU64,
}

impl Work {
    pub(crate) fn within(limit: Option<Duration>) -> Self {
        Self { limit, microseconds: AtomicU64::new(0) }
    }

    /// The processor time of this thread at which the work is over.
    pub(crate) fn end(&self) -> Option<Duration> {
        let done = Duration::from_micros(self.microseconds.load(Ordering::Relaxed));
        Some(processor_time() + self.limit?.saturating_sub(done))
    }

    /// Adds what was done in this thread since a processor time.
    pub(crate) fn add(&self, since: Duration) {
        let done = processor_time().saturating_sub(since).as_micros();
        self.microseconds.fetch_add(u64::try_from(done).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// The processor time that this thread has taken so far.
pub(crate) fn processor_time() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap_or_default()
}
