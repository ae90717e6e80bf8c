//! Connection options for each kind of database, by its URL.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection};

use crate::write_lock::program_name;

/// How long a database may take to answer a connection, or to release its write lock.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The page size of a new SQLite file in bytes: twice the default, which suits large tables.
const PAGE_SIZE: u32 = 8192;

/// How many bytes of a SQLite file readers map into memory: 1 GiB. Copying each page instead took a fifth of the time.
pub(crate) const MMAP_SIZE: &str = "1073741824";

/// The page cache of a SQLite connection: 16 MiB, as `PRAGMA cache_size` takes it.
pub(crate) const CACHE_SIZE: &str = "-16384";

/// How many statements a connection keeps prepared.
pub(crate) const PREPARED: usize = 256;

/// How long a connection may take to close.
pub(crate) const CLOSE_TIMEOUT: Duration = Duration::from_millis(200);

/// How many rows a SQLite thread reads ahead of its consumer.
const ROW_BUFFER: usize = 1_000;

/// The one connection that writes to a `SQLite` database, without a statement timeout.
pub(crate) fn sqlite_writer(url: &str) -> ConnectOptions {
    sqlite(url, 1, |options| options)
}

/// Read-only connections to a `SQLite` file.
pub(crate) fn sqlite_readers(url: &str) -> ConnectOptions {
    sqlite(url, cores(), |options| options.pragma("query_only", "on").pragma("mmap_size", MMAP_SIZE).row_buffer_size(ROW_BUFFER))
}

/// Options that all `SQLite` connections share.
fn sqlite(url: &str, connections: u32, further: fn(SqliteConnectOptions) -> SqliteConnectOptions) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    // The pool must wait longer than `busy_timeout`, so that a locked file is reported as locked.
    let acquire_timeout = CONNECT_TIMEOUT + Duration::from_secs(1);
    options.max_connections(connections).acquire_timeout(acquire_timeout).sqlx_logging(false).test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |options| {
        let options = options
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(CONNECT_TIMEOUT)
            .foreign_keys(true)
            .page_size(PAGE_SIZE)
            .statement_cache_capacity(PREPARED)
            .pragma("cache_size", CACHE_SIZE)
            .pragma("temp_store", "memory");
        further(options)
    });
    options
}

/// The URL to read a read-only `SQLite` file with; `None` when the given one works. If `SQLite` cannot write beside the file, it must be opened
/// as immutable.
pub(crate) async fn readable(url: &str) -> Option<String> {
    let options = SqliteConnectOptions::from_str(url).ok().filter(|_| url.contains("mode=ro") && !url.contains("immutable="))?;
    let log = PathBuf::from(format!("{}-wal", options.get_filename().display()));
    if !options.get_filename().is_file() || log.metadata().is_ok_and(|log| log.len() > 0) {
        return None;
    }
    let reading = async {
        let mut connection = options.clone().connect().await?;
        sqlx::query("SELECT 1 FROM sqlite_master").fetch_all(&mut connection).await?;
        connection.close().await
    };
    reading.await.err().map(|error| {
        tracing::warn!("{} is read as a file that nobody changes ({error}): start again after a change", options.get_filename().display());
        format!("{url}&immutable=true")
    })
}

/// Whether a URL opens a file as immutable.
pub(crate) fn is_immutable(url: &str) -> bool {
    url.contains("immutable=true") || url.contains("immutable=1")
}

/// The one connection that writes to a `PostgreSQL` database, without a statement timeout.
pub(crate) fn postgres_writer(url: &str) -> ConnectOptions {
    postgres(url, 1)
}

/// Connections that read a `PostgreSQL` database, which enforces the timeout itself.
pub(crate) fn postgres_readers(url: &str, statement_timeout: Option<Duration>) -> ConnectOptions {
    let mut options = postgres(url, postgres_connections());
    if let Some(limit) = statement_timeout {
        // Zero would mean no limit.
        options.statement_timeout(limit.max(Duration::from_millis(1)));
    }
    options
}

/// How many connections read a `PostgreSQL` database.
pub(crate) fn postgres_connections() -> u32 {
    cores() * 2
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(CONNECT_TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
    options.sqlx_logging(false).test_before_acquire(false);
    options.map_sqlx_postgres_opts(|options| {
        let options = options.statement_cache_capacity(PREPARED);
        match options.get_application_name() {
            Some(_) => options,
            // Those who wait for this program are told its name.
            None => options.application_name(&program_name(std::env::args())),
        }
    });
    options
}

/// The cores of this machine, at least two.
pub(crate) fn cores() -> u32 {
    std::thread::available_parallelism().map_or(2, |cores| u32::try_from(cores.get()).unwrap_or(2).max(2))
}

/// Whether the database is in memory, where every connection would see a database of its own.
pub(crate) fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

/// The URL without its password, for printing.
pub(crate) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let place = if scheme == "sqlite" { rest } else { rest.split('?').next().unwrap_or_default() };
    match place.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => format!("{scheme}://{place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_are_not_printed() {
        assert_eq!(without_password("postgres://me:secret@host/db"), "postgres://me@host/db");
        assert_eq!(without_password("postgres://host/db?user=me&password=secret"), "postgres://host/db");
        assert_eq!(without_password("sqlite://podium.db?mode=rwc"), "sqlite://podium.db?mode=rwc");
    }
}
