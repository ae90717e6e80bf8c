//! The connection of one answer.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use podium_entity::table::Table;
use sea_orm::sqlx::{self, sqlite::SqliteConnectOptions};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryTrait, RuntimeErr, Select, Statement, StatementBuilder};
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::connect::{CLOSE_TIMEOUT, cores, is_immutable};
use crate::postgres_reader::PostgresReader;
use crate::row::{Row, RowOf};
use crate::sqlite_reader::SqliteReader;

/// A callback after every SQL statement.
pub type StatementHook = Arc<dyn Fn(&Statement) + Send + Sync>;

/// The connection that an answer reads through.
#[derive(Clone)]
pub struct Session {
    reads: Reads,
    on_statement: Option<StatementHook>,
}

#[derive(Clone)]
enum Reads {
    /// The pool of a `SQLite` database.
    Pool(DatabaseConnection),
    File(Arc<FileSession>),
    Server(Arc<PostgresReader>),
}

/// A connection to a `SQLite` file, taken from those that are idle and given back at the end.
struct FileSession {
    file: Arc<File>,
    reader: Mutex<Option<SqliteReader>>,
}

impl Session {
    /// The same session, with a callback after each of its statements.
    #[must_use]
    pub fn on_statement(&self, on_statement: StatementHook) -> Self {
        Self { on_statement: Some(on_statement), ..self.clone() }
    }

    /// The kind of the database.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        match &self.reads {
            Reads::Pool(_) | Reads::File(_) => DbBackend::Sqlite,
            Reads::Server(_) => DbBackend::Postgres,
        }
    }

    /// The rows that a statement selects.
    ///
    /// # Errors
    /// When the database does not answer, or not in time.
    pub async fn rows(&self, statement: &impl StatementBuilder) -> Result<Vec<Row>, DbErr> {
        let statement = self.backend().build(statement);
        let rows = match &self.reads {
            Reads::Pool(pool) => pool.query_all_raw(statement.clone()).await.map(|rows| rows.into_iter().map(Row::from).collect()),
            Reads::File(session) => session.rows(&statement),
            Reads::Server(reader) => reader.rows(&statement).await,
        };
        if let Some(on_statement) = &self.on_statement {
            on_statement(&statement);
        }
        rows
    }

    /// The rows of a table that a statement selects.
    ///
    /// # Errors
    /// When the database does not answer, or not in time.
    pub async fn all<E: Table>(&self, select: Select<E>) -> Result<Vec<RowOf<E>>, DbErr> {
        self.rows(&select.into_query()).await?.iter_mut().map(|row| row.model::<E>("")).collect()
    }
}

impl FileSession {
    fn rows(&self, statement: &Statement) -> Result<Vec<Row>, DbErr> {
        match &*locked(&self.reader) {
            Some(reader) => reader.rows(statement),
            None => Err(closed()),
        }
    }
}

impl Drop for FileSession {
    fn drop(&mut self) {
        if let Some(reader) = locked(&self.reader).take().filter(|_| !self.file.places.is_closed()) {
            locked(&self.file.idle).push(reader);
        }
    }
}

/// Gives each answer a connection. Clones share the connections.
#[derive(Clone)]
pub struct Sessions {
    pool: DatabaseConnection,
    file: Option<Arc<File>>,
}

/// A `SQLite` file that the threads of the answers read themselves.
struct File {
    path: PathBuf,
    /// Whether it is immutable.
    is_immutable: bool,
    /// The processor time that an answer may take.
    max_work: Option<Duration>,
    /// A place for each answer that may be made at once.
    places: Arc<Semaphore>,
    idle: Mutex<Vec<SqliteReader>>,
    is_closing: Arc<AtomicBool>,
}

/// How many requests read at once: two per core, so that a long one does not delay the others.
fn places() -> u32 {
    cores() * 2
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sessions").field("pool", &self.pool).finish_non_exhaustive()
    }
}

/// How many connections read at the moment, and how many are idle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionUse {
    pub busy: usize,
    pub idle: usize,
}

impl Sessions {
    /// Sessions on the connections of a pool.
    pub(crate) fn on_pool(pool: DatabaseConnection) -> Self {
        Self { pool, file: None }
    }

    /// Sessions on the `SQLite` file at a URL, which `pool` reads as well.
    pub(crate) fn on_file(url: &str, pool: DatabaseConnection, max_work: Option<Duration>) -> Result<Self, sqlx::Error> {
        let path = SqliteConnectOptions::from_str(url)?.get_filename().to_path_buf();
        let is_immutable = is_immutable(url);
        let places = Arc::new(Semaphore::new(places() as usize));
        let (idle, is_closing) = Default::default();
        Ok(Self { pool, file: Some(Arc::new(File { path, is_immutable, max_work, places, idle, is_closing })) })
    }

    /// Runs `work` with a session. When the caller stops waiting, the statement that runs is ended, and no other begins.
    ///
    /// # Errors
    /// When no connection can be opened.
    pub async fn run<T, W>(&self, work: W) -> Result<T, DbErr>
    where
        T: Send + 'static,
        W: FnOnce(Session) -> BoxFuture<'static, T> + Send + 'static,
    {
        let Some(file) = self.file.clone() else {
            return Ok(work(self.pooled()).await);
        };
        let place = Arc::clone(&file.places).acquire_owned().await.map_err(|_| closed())?;
        let (runtime, waiting) = (Handle::current(), Waiting::default());
        let given_up = Arc::clone(&waiting.given_up);
        let done = tokio::task::spawn_blocking(move || {
            let reader =
                locked(&file.idle).pop().map_or_else(|| SqliteReader::open(&file.path, file.is_immutable, &file.is_closing), Ok)?;
            reader.begin(file.max_work, given_up);
            let session = Arc::new(FileSession { file, reader: Mutex::new(Some(reader)) });
            let done = runtime.block_on(work(Session { reads: Reads::File(session), on_statement: None }));
            drop(place);
            Ok(done)
        });
        match done.await.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(done) => done,
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            Err(Err(_cancelled)) => Err(closed()),
        }
    }

    /// A session on the pool, outside the turn of the answers.
    #[must_use]
    pub fn pooled(&self) -> Session {
        let reads = match self.pool.get_database_backend() {
            DbBackend::Postgres => Reads::Server(Arc::new(PostgresReader::new(self.pool.get_postgres_connection_pool().clone()))),
            _ => Reads::Pool(self.pool.clone()),
        };
        Session { reads, on_statement: None }
    }

    /// The connections that answers read through.
    #[must_use]
    pub fn usage(&self) -> ConnectionUse {
        if let Some(file) = &self.file {
            let busy = (places() as usize).saturating_sub(file.places.available_permits());
            return ConnectionUse { busy, idle: locked(&file.idle).len() };
        }
        let (open, idle) = match self.pool.get_database_backend() {
            DbBackend::Postgres => pool_usage(self.pool.get_postgres_connection_pool()),
            _ => pool_usage(self.pool.get_sqlite_connection_pool()),
        };
        ConnectionUse { busy: open.saturating_sub(idle), idle }
    }

    /// Ends the sessions: the statements that run are ended, there are no more of them, and the connections are closed.
    pub async fn close(&self) {
        if let Some(file) = &self.file {
            file.is_closing.store(true, Ordering::Relaxed);
            // All places are free once no answer is being made.
            if tokio::time::timeout(CLOSE_TIMEOUT, file.places.acquire_many(places())).await.is_err() {
                tracing::warn!("an answer did not end in time, so the log of the database file may stay beside it");
            }
            file.places.close();
            locked(&file.idle).clear();
        }
    }
}

/// How many connections a pool has open, and how many of them are idle.
fn pool_usage<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> (usize, usize) {
    (pool.size() as usize, pool.num_idle())
}

/// A caller that waits for an answer. When it is dropped, the answer is given up.
#[derive(Default)]
struct Waiting {
    given_up: Arc<AtomicBool>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn closed() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal("the store is closed".to_owned()))
}
