//! Reads a `SQLite` file in the thread of the request. The driver of the connection pool hands each statement to a thread of its own, and the
//! switches between the threads cost more than most statements do.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, OpenFlags, params_from_iter};
use rustix::time::{ClockId, clock_gettime};
use sea_orm::{DbErr, RuntimeErr, Statement};

use crate::connect::{CACHE_SIZE, CONNECT_TIMEOUT, MMAP_SIZE, PREPARED};
use crate::row::{Columns, FileRow, Row};
use crate::sqlite_value::{Stored, bound};

/// Steps between two looks at the clock: about a millisecond.
const STEPS: i32 = 10_000;

/// A connection that reads.
pub(crate) struct SqliteReader {
    connection: Connection,
    end: Arc<Mutex<End>>,
}

/// When the current answer must end: at a processor time of its thread, when its request is gone, or when the store closes.
#[derive(Default)]
struct End {
    at: Option<Duration>,
    given_up: Arc<AtomicBool>,
    is_closing: Arc<AtomicBool>,
}

impl End {
    fn has_come(&self) -> bool {
        let is_set = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        is_set(&self.given_up) || is_set(&self.is_closing) || self.at.is_some_and(|at| processor_time() >= at)
    }
}

impl SqliteReader {
    /// Opens a file that must be there. Statements end when `is_closing` is set.
    pub(crate) fn open(file: &Path, is_immutable: bool, is_closing: &Arc<AtomicBool>) -> Result<Self, DbErr> {
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = match is_immutable {
                true => Connection::open_with_flags(immutable(file), flags | OpenFlags::SQLITE_OPEN_URI)?,
                false => Connection::open_with_flags(file, flags)?,
            };
            connection.set_prepared_statement_cache_capacity(PREPARED);
            // Otherwise a statement with `LIKE` is prepared again for each pattern.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            connection.busy_timeout(CONNECT_TIMEOUT)?;
            connection
                .execute_batch(&format!("PRAGMA mmap_size = {MMAP_SIZE}; PRAGMA cache_size = {CACHE_SIZE}; PRAGMA temp_store = memory"))?;
            let end = Arc::new(Mutex::new(End { is_closing: Arc::clone(is_closing), ..End::default() }));
            let watched = Arc::clone(&end);
            connection.progress_handler(STEPS, Some(move || locked(&watched).has_come()))?;
            Ok(Self { connection, end })
        };
        open().map_err(|error: rusqlite::Error| DbErr::Conn(RuntimeErr::Internal(error.to_string())))
    }

    /// Begins an answer in this thread, which must ask all of its statements. It may take `max_work` of processor time, and ends when it is
    /// given up.
    pub(crate) fn begin(&self, max_work: Option<Duration>, given_up: Arc<AtomicBool>) {
        let mut end = locked(&self.end);
        (end.at, end.given_up) = (max_work.map(|most| processor_time() + most), given_up);
    }

    /// The rows that a statement selects, unless the answer must end.
    pub(crate) fn rows(&self, statement: &Statement) -> Result<Vec<Row>, DbErr> {
        if locked(&self.end).has_come() {
            return Err(interrupted());
        }
        let values = statement.values.iter().flat_map(|values| &values.0).map(|value| bound(value).map(Parameter));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        self.select(&statement.sql, &values).map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => interrupted(),
            _ => DbErr::Query(RuntimeErr::Internal(error.to_string())),
        })
    }

    fn select(&self, sql: &str, values: &[Parameter<'_>]) -> rusqlite::Result<Vec<Row>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = Arc::new(Columns::new(statement.column_names().into_iter().map(str::to_owned).collect()));
        let mut rows = statement.query(params_from_iter(values))?;
        let mut selected = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns.len()).map(|place| row.get::<_, Stored>(place)).collect::<Result<_, _>>()?;
            selected.push(Row::from(FileRow { columns: Arc::clone(&columns), values }));
        }
        Ok(selected)
    }
}

/// The URI of an immutable file.
fn immutable(file: &Path) -> String {
    let path = file.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?immutable=1")
}

fn locked(end: &Mutex<End>) -> MutexGuard<'_, End> {
    end.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Parameter<'a>(ToSqlOutput<'a>);

impl ToSql for Parameter<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.clone())
    }
}

/// The processor time that this thread has taken so far.
fn processor_time() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap_or_default()
}

/// What is said of an interrupted statement.
const INTERRUPTED: &str = "interrupted";

fn interrupted() -> DbErr {
    DbErr::Query(RuntimeErr::Internal(INTERRUPTED.to_owned()))
}

/// Whether a statement was interrupted.
pub(crate) fn is_interrupted(error: &DbErr) -> bool {
    matches!(error, DbErr::Query(RuntimeErr::Internal(text)) if text == INTERRUPTED)
}
