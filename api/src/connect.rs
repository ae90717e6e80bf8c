//! How a database is connected to, by its URL.

use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection};

use crate::clocks::Clocks;

/// How long a database may take to answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The bytes of a page of a new SQLite file: twice the usual, since most of what is written are rows of large tables.
const PAGE: u32 = 8192;

/// The bytes of a SQLite file that readers see in place, a GiB: to copy each page that they look up took a fifth of the time.
const MAPPED: &str = "1073741824";

/// Rows that a connection may read before they are taken, so that it need not wait for each.
const ROWS_AHEAD: usize = 1_000;

/// How long a statement may go on; none for as long as it takes.
pub(crate) type Limit = Option<Duration>;

/// The one connection that writes to a `SQLite` database, for as long as it takes.
pub(crate) fn sqlite_writer(url: &str) -> ConnectOptions {
    sqlite(url, 1, |options| options)
}

/// The connections that read a `SQLite` file, and cannot write.
pub(crate) fn sqlite_readers(url: &str, limit: Limit) -> ConnectOptions {
    let mut options =
        sqlite(url, cores(), |options| options.pragma("query_only", "on").pragma("mmap_size", MAPPED).row_buffer_size(ROWS_AHEAD));
    if let Some(limit) = limit {
        let clocks = Clocks::new(limit);
        options.map_sqlx_sqlite_pool_opts(move |options| clocks.watch(options));
    }
    options
}

/// A connection within this process need not be asked whether it is there.
fn sqlite(url: &str, connections: u32, further: fn(SqliteConnectOptions) -> SqliteConnectOptions) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    // A file that another program holds says so when its own time is up.
    let patience = PATIENCE + Duration::from_secs(1);
    options.max_connections(connections).acquire_timeout(patience).sqlx_logging(false).test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |options| {
        let options = options
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .page_size(PAGE)
            .statement_cache_capacity(256)
            .pragma("cache_size", "-16384")
            .pragma("temp_store", "memory");
        further(options)
    });
    options
}

/// The one connection that writes to a `PostgreSQL` database, for as long as it takes.
pub(crate) fn postgres_writer(url: &str) -> ConnectOptions {
    postgres(url, 1)
}

/// The connections that read a `PostgreSQL` database, which ends their statements itself.
pub(crate) fn postgres_readers(url: &str, limit: Limit) -> ConnectOptions {
    let mut options = postgres(url, cores() * 2);
    if let Some(limit) = limit {
        // Nothing would be no limit.
        options.statement_timeout(limit.max(Duration::from_millis(1)));
    }
    options
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(PATIENCE).connect_timeout(PATIENCE);
    options.sqlx_logging(false).test_before_acquire(false);
    options
}

/// The cores of this machine, and at least two.
fn cores() -> u32 {
    std::thread::available_parallelism().map_or(2, |cores| u32::try_from(cores.get()).unwrap_or(2).max(2))
}

/// A database in memory is another one for each connection.
pub(crate) fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

/// Connects once without a pool, which would only say that it waited.
pub(crate) async fn reach(url: &str) -> Result<(), String> {
    let connecting = tokio::time::timeout(PATIENCE, sqlx::PgConnection::connect(url)).await;
    let connected = connecting.map_err(|_| "it does not answer".to_owned())?;
    let connection = connected.map_err(|error| match error {
        sqlx::Error::Database(refusal) => refusal.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    })?;
    connection.close().await.map_err(|error| error.to_string())
}

/// The URL without what should not be printed.
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
