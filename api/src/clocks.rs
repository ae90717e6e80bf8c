//! Ends what `SQLite` works on for too long: an answer that is given up leaves its statement to the thread of its connection.
//!
//! `SQLite` asks every so many steps of a statement whether to go on, and does not say when a statement begins. So the clock
//! of a connection starts when it is first asked, and is set back before the connection is used again. Setting it back waits for
//! the thread of the connection, so it is only done while a clock of the pool runs: short statements cost nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqlitePoolOptions};

/// So many steps of a statement take about a millisecond.
const STEPS: i32 = 10_000;

/// The clocks of a pool of connections.
#[derive(Clone, Debug)]
pub(crate) struct Clocks {
    limit: Duration,
    running: Arc<AtomicUsize>,
}

impl Clocks {
    /// Clocks by which a statement may go on for so long.
    pub(crate) fn new(limit: Duration) -> Self {
        Self { limit, running: Arc::default() }
    }

    /// Gives each connection a clock, which runs while one of its statements does.
    pub(crate) fn watch(&self, options: SqlitePoolOptions) -> SqlitePoolOptions {
        let (connected, acquired) = (self.clone(), self.clone());
        let options = options.after_connect(move |connection, _| {
            let clocks = connected.clone();
            Box::pin(async move { clocks.set_back(connection).await })
        });
        options.before_acquire(move |connection, _| {
            let clocks = acquired.clone();
            Box::pin(async move {
                if clocks.any_runs() {
                    clocks.set_back(connection).await?;
                }
                Ok(true)
            })
        })
    }

    /// What ran on a connection has told so by now, since a pool waits for a connection before it offers it again.
    fn any_runs(&self) -> bool {
        self.running.load(Ordering::Acquire) > 0
    }

    async fn set_back(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        let mut clock = Clock { clocks: self.clone(), since: None };
        connection.lock_handle().await?.set_progress_handler(STEPS, move || clock.lets_go_on());
        Ok(())
    }
}

/// When a connection was first asked since its clock was set back.
struct Clock {
    clocks: Clocks,
    since: Option<Instant>,
}

impl Clock {
    fn lets_go_on(&mut self) -> bool {
        let now = Instant::now();
        let since = *self.since.get_or_insert_with(|| {
            self.clocks.running.fetch_add(1, Ordering::Release);
            now
        });
        now.duration_since(since) < self.clocks.limit
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        if self.since.is_some() {
            self.clocks.running.fetch_sub(1, Ordering::Release);
        }
    }
}
