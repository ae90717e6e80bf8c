//! A statement timeout for `SQLite`, which has none: without it, a request that times out would leave its statement running.
//!
//! `SQLite` calls a progress handler after every so many steps of a statement, but does not say when a statement begins. So the clock of a
//! connection starts at the first call, and is reset before the connection is used again. A reset waits for the thread of the connection.
//! So it happens only while some clock of the pool runs: short statements cost nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqlitePoolOptions};

/// Steps between two calls of the progress handler: about a millisecond.
const STEPS: i32 = 10_000;

/// The timeout of a pool of connections.
#[derive(Clone, Debug)]
pub(crate) struct StatementTimeout {
    limit: Duration,
    running: Arc<AtomicUsize>,
}

impl StatementTimeout {
    /// A timeout after which a statement is ended.
    pub(crate) fn new(limit: Duration) -> Self {
        Self { limit, running: Arc::default() }
    }

    /// Gives each connection of a pool a clock that runs while a statement does.
    pub(crate) fn watch(&self, options: SqlitePoolOptions) -> SqlitePoolOptions {
        let (connected, acquired) = (self.clone(), self.clone());
        let options = options.after_connect(move |connection, _| {
            let timeout = connected.clone();
            Box::pin(async move { timeout.reset(connection).await })
        });
        options.before_acquire(move |connection, _| {
            let timeout = acquired.clone();
            Box::pin(async move {
                if timeout.any_runs() {
                    timeout.reset(connection).await?;
                }
                Ok(true)
            })
        })
    }

    /// Whether any clock runs. A pool waits for a connection before it offers it again, so the clock of a finished statement is included.
    fn any_runs(&self) -> bool {
        self.running.load(Ordering::Acquire) > 0
    }

    async fn reset(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let mut clock = Clock { timeout: self.clone(), since: None };
        connection.lock_handle().await?.set_progress_handler(STEPS, move || clock.may_continue());
        Ok(())
    }
}

/// The clock of one connection: when its progress handler was first called since the last reset.
struct Clock {
    timeout: StatementTimeout,
    since: Option<Instant>,
}

impl Clock {
    fn may_continue(&mut self) -> bool {
        let now = Instant::now();
        let since = *self.since.get_or_insert_with(|| {
            self.timeout.running.fetch_add(1, Ordering::Release);
            now
        });
        now.duration_since(since) < self.timeout.limit
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        if self.since.is_some() {
            self.timeout.running.fetch_sub(1, Ordering::Release);
        }
    }
}
