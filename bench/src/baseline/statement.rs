//! One statement that builds an answer. It has one parameter: the only variable of the question.

use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use rusqlite::OpenFlags;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use serde_json::Value;

/// How Podium opens a file: pages are mapped and not copied.
const PRAGMAS: &str = "PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -16384; PRAGMA temp_store = memory";

/// The statement of a question, over an open database.
pub(super) struct Statement {
    sql: String,
    database: Opened,
}

enum Opened {
    /// The connections to a file that are idle.
    Sqlite {
        path: String,
        idle: Mutex<Vec<rusqlite::Connection>>,
    },
    Postgres(DatabaseConnection),
}

impl Statement {
    /// Opens the database at a URL.
    pub(super) async fn open(url: &str, sql: String) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            let path = path.split('?').next().unwrap_or_default().to_owned();
            return Ok(Self { sql, database: Opened::Sqlite { path, idle: Mutex::default() } });
        }
        let mut options = ConnectOptions::new(url);
        // As many as Podium opens.
        let connections = std::thread::available_parallelism().map_or(2, std::num::NonZero::get) * 2;
        options.max_connections(u32::try_from(connections)?).sqlx_logging(false).test_before_acquire(false);
        // To compile such a statement takes ten times as long as to run it.
        options.map_sqlx_postgres_opts(|options| options.options([("jit", "off")]));
        Ok(Self { sql: format!("SELECT ({sql})::text"), database: Opened::Postgres(Database::connect(options).await?) })
    }

    /// The answer to the body of a request.
    pub(super) async fn answer(&self, body: &[u8]) -> Result<String> {
        let body: Value = serde_json::from_slice(body)?;
        let variable = body["variables"].as_object().and_then(|variables| variables.values().next()).context("a variable")?;
        let argument = variable.as_str().or_else(|| variable[0].as_str()).context("a text")?;
        match &self.database {
            Opened::Sqlite { path, idle } => {
                let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let connection = taken.map_or_else(|| open(path), Ok)?;
                let json = connection.prepare_cached(&self.sql)?.query_row([argument], |row| row.get(0))?;
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                Ok(json)
            }
            Opened::Postgres(connections) => {
                let statement = sea_orm::Statement::from_sql_and_values(DbBackend::Postgres, &self.sql, [argument.into()]);
                let row = connections.query_one_raw(statement).await?.context("a row")?;
                Ok(row.try_get_by_index(0)?)
            }
        }
    }
}

fn open(path: &str) -> rusqlite::Result<rusqlite::Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(path, flags)?;
    connection.execute_batch(PRAGMAS)?;
    Ok(connection)
}
