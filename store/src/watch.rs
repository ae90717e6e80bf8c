//! Watches the data version, so that a server learns of a change by another program without a statement for each request.
//!
//! A `SQLite` file is asked every few milliseconds on a connection of its own. `PostgreSQL` notifies. While the database cannot be reached,
//! the version is unknown.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::PgListener;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, ConnectOptions, Connection};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// How often a `SQLite` file is asked whether it changed.
const INTERVAL: Duration = Duration::from_millis(25);

/// Within this time every server has seen a change by another program. An import waits as long before it reports success.
pub const LEARNT_WITHIN: Duration = Duration::from_millis(200);

/// How often `PostgreSQL` is asked although it notifies, in case the network lost its notifications, or the database hangs.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How long `PostgreSQL` may take to tell the version.
const TIMEOUT: Duration = Duration::from_secs(1);

/// How long to wait for the first version.
const FIRST_TIMEOUT: Duration = Duration::from_secs(5);

/// How long to wait before an unreachable database is tried again. The pause doubles with each failure.
const MIN_PAUSE: Duration = Duration::from_millis(50);
const MAX_PAUSE: Duration = Duration::from_millis(500);

/// After a watch that lasted longer, the pauses begin anew.
const STEADY: Duration = Duration::from_secs(2);

/// The pause after another failure.
fn longer(pause: Duration) -> Duration {
    MAX_PAUSE.min(pause * 2)
}

/// The channel that `PostgreSQL` notifies of a new version.
pub(crate) const CHANNEL: &str = "podium_data_version";

/// The version, as a table of one row.
const VERSION: &str = "SELECT version FROM data_version";

/// The data version of a store that is served. Clones share it.
#[derive(Clone)]
pub struct CurrentVersion(Arc<Shared>);

struct Shared {
    /// The database, with its password.
    url: String,
    known: Mutex<Known>,
    /// The last version that was known, for those who wait for the next.
    newest: watch::Sender<Option<KnownVersion>>,
    /// Wakes the watch when this program changed the data, or when it ends.
    woken: Notify,
    is_stopped: AtomicBool,
    watch: Mutex<Option<JoinHandle<()>>>,
}

/// A version of the data. Its number begins again when the tables are dropped or another database takes their place, and then the generation
/// is another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownVersion {
    generation: u64,
    pub number: i64,
}

#[derive(Debug, Default)]
struct Known {
    version: Option<KnownVersion>,
    /// The highest number of this generation.
    highest: i64,
    generation: u64,
    /// Whether the database could not be reached since a version was known.
    is_lost: bool,
    /// How often the version was invalidated. A version that was read before that is discarded.
    forgotten: u64,
}

impl fmt::Debug for CurrentVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CurrentVersion").field(&self.get()).finish()
    }
}

impl CurrentVersion {
    /// The version of the database at a URL, which is unknown until `watch` is called.
    pub(crate) fn at(url: &str) -> Self {
        let (known, newest, woken, is_stopped, watch) = Default::default();
        Self(Arc::new(Shared { url: url.to_owned(), known, newest, woken, is_stopped, watch }))
    }

    /// The version of the data; none while it is unknown. A change by this program is known at once, one by another program within a tenth
    /// of a second.
    #[must_use]
    pub fn get(&self) -> Option<KnownVersion> {
        self.known(|known| known.version)
    }

    /// Tells the last known version whenever it changes.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Option<KnownVersion>> {
        self.0.newest.subscribe()
    }

    /// Whether the database was reached before, and cannot be reached now.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.known(|known| known.is_lost)
    }

    /// Forgets the version: this program changed the data.
    pub(crate) fn forget(&self) {
        self.known(|known| (known.version, known.forgotten) = (None, known.forgotten + 1));
        self.0.woken.notify_one();
    }

    /// Begins to watch the database, and waits for its version, but not for ever. The task ends when `stop` is called.
    pub(crate) async fn watch(&self) {
        let (version, mut changes) = (self.clone(), self.changes());
        let task = tokio::spawn(async move { version.keep().await });
        *self.0.watch.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        drop(tokio::time::timeout(FIRST_TIMEOUT, changes.wait_for(Option::is_some)).await);
    }

    /// Keeps the version current.
    async fn keep(&self) {
        let mut pause = MIN_PAUSE;
        loop {
            let begun = Instant::now();
            let watched = if self.0.url.starts_with("sqlite:") { self.watch_file().await } else { self.watch_server().await };
            if self.is_stopped() {
                return;
            }
            if begun.elapsed() > STEADY {
                pause = MIN_PAUSE;
            }
            // What happens before the next look is not known, not even whether the database is the same.
            self.known(|known| (known.version, known.generation) = (None, known.generation + 1));
            if let Err(error) = watched
                && !self.known(|known| std::mem::replace(&mut known.is_lost, true))
            {
                tracing::error!(%error, "the database cannot be reached; Podium keeps trying");
            }
            self.wait(pause).await;
            pause = longer(pause);
        }
    }

    /// Ends the watch and closes its connection.
    pub(crate) async fn stop(&self) {
        let task = self.0.watch.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.0.is_stopped.store(true, Ordering::Relaxed);
        self.0.woken.notify_one();
        if let Some(mut task) = task
            && tokio::time::timeout(MAX_PAUSE, &mut task).await.is_err()
        {
            task.abort();
        }
    }

    fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Relaxed)
    }

    /// Waits for some time, or until there is something to do.
    async fn wait(&self, time: Duration) {
        drop(tokio::time::timeout(time, self.0.woken.notified()).await);
    }

    async fn watch_file(&self) -> Result<(), sqlx::Error> {
        let options = SqliteConnectOptions::from_str(&self.0.url)?.create_if_missing(false);
        let mut connection = options.disable_statement_logging().connect().await?;
        let mut seen = None;
        while !self.is_stopped() {
            let before = self.known(|known| known.forgotten);
            // The number changes with every commit by another connection; asking for it reads no table.
            let change: i64 = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut connection).await?;
            if seen != Some(change) || self.get().is_none() {
                self.learn(before, read_file(&mut connection).await?);
                seen = Some(change);
            }
            self.wait(INTERVAL).await;
        }
        connection.close().await
    }

    async fn watch_server(&self) -> Result<(), sqlx::Error> {
        let connect = async {
            let mut listener = PgListener::connect(&self.0.url).await?;
            // A standby takes no listeners.
            let heartbeat = if listener.listen(CHANNEL).await.is_ok() { HEARTBEAT } else { INTERVAL };
            Ok::<_, sqlx::Error>((listener, heartbeat))
        };
        let (mut listener, heartbeat) = tokio::time::timeout(TIMEOUT, connect).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        while !self.is_stopped() {
            let before = self.known(|known| known.forgotten);
            let told = sqlx::query_scalar(VERSION).fetch_optional(&mut listener);
            let version: Option<i64> = tokio::time::timeout(TIMEOUT, told).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
            self.learn(before, version.unwrap_or_default());
            tokio::select! {
                // Changes may have been missed while the connection was lost.
                notified = listener.try_recv() => if notified?.is_none() {
                    return Ok(());
                },
                () = self.wait(heartbeat) => {}
            }
        }
        Ok(())
    }

    /// Takes a version, unless the data was changed by this program since `before`.
    fn learn(&self, before: u64, number: i64) {
        let version = self.known(|known| {
            if known.forgotten != before {
                return None;
            }
            if number < known.highest {
                known.generation += 1;
            }
            if std::mem::take(&mut known.is_lost) {
                tracing::info!("the database is reached again");
            }
            known.highest = number;
            known.version = Some(KnownVersion { generation: known.generation, number });
            known.version
        });
        self.0.newest.send_if_modified(|newest| {
            let is_another = version.is_some_and(|version| newest.is_none_or(|newest| newest.number != version.number));
            *newest = version.filter(|_| is_another).or(*newest);
            is_another
        });
    }

    fn known<T>(&self, use_it: impl FnOnce(&mut Known) -> T) -> T {
        use_it(&mut self.0.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn read_file(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    Ok(sqlx::query_scalar(VERSION).fetch_optional(connection).await?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_a_second() {
        let pauses: Vec<u128> =
            std::iter::successors(Some(MIN_PAUSE), |pause| Some(longer(*pause))).take(6).map(|pause| pause.as_millis()).collect();
        assert_eq!(pauses, [50, 100, 200, 400, 500, 500]);
    }
}
