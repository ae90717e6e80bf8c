//! A store: the connection that writes and the connections that read.

use std::time::Duration;

use sea_orm::sqlx::{self, Connection, Row};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::connect::{
    CLOSE_TIMEOUT, CONNECT_TIMEOUT, is_in_memory, postgres_readers, postgres_writer, readable, sqlite_readers, sqlite_writer,
    without_password,
};
use crate::error::{StoreError, driver_message};
use crate::sessions::Sessions;
use crate::watch::CurrentVersion;
use crate::write_lock;

/// One connection that writes, and a pool of connections that read.
#[derive(Clone, Debug)]
pub struct Store {
    pub writer: DatabaseConnection,
    pub reader: DatabaseConnection,
    /// The connections of the answers.
    pub sessions: Sessions,
    /// Where it is, without a password.
    pub url: String,
    /// The version of its data, while `watch` keeps it.
    pub version: CurrentVersion,
}

impl Store {
    /// Connects to the database that a URL names. Statements may take as long as they need.
    ///
    /// # Errors
    /// When the URL is of no known kind, or the database does not answer.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_with(url, None).await
    }

    /// The same store, which reads from a copy of its database that follows it, and writes as before. The version is that of the copy.
    ///
    /// # Errors
    /// When the store or the copy is not a PostgreSQL database, or the copy does not answer.
    pub async fn read_from(self, replica: &str, max_work: Duration) -> Result<Self, StoreError> {
        let place = without_password(replica);
        if ![self.url.as_str(), replica].iter().all(|url| is_postgres(url)) {
            return Err(StoreError::NoReplica(place));
        }
        reach_postgres(replica).await?;
        let reader = open(postgres_readers(replica, Some(max_work)), &place).await?;
        self.sessions.close().await;
        let _ = self.reader.close().await;
        Ok(Self { sessions: Sessions::on_pool(reader.clone()), reader, version: CurrentVersion::at(replica), ..self })
    }

    /// Connects to a database for serving. `max_work` bounds the processor time of an answer on SQLite, and the time of each statement on
    /// PostgreSQL.
    ///
    /// # Errors
    /// When the URL is of no known kind, or the database does not answer.
    pub async fn connect_to_serve(url: &str, max_work: Duration) -> Result<Self, StoreError> {
        Self::connect_with(url, Some(max_work)).await
    }

    /// Keeps `version` current from now on, until the store is closed. Returns when it is known, or after five seconds when the database
    /// does not tell it. The tables must be there.
    pub async fn watch(&self) {
        if !is_in_memory(&self.url) {
            self.version.watch().await;
        }
    }

    async fn connect_with(url: &str, max_work: Option<Duration>) -> Result<Self, StoreError> {
        let place = without_password(url);
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => {
                let readable = readable(url).await;
                let url = readable.as_deref().unwrap_or(url);
                let writer = open(sqlite_writer(url), &place).await?;
                if is_in_memory(url) {
                    return Ok(Self {
                        reader: writer.clone(),
                        sessions: Sessions::on_pool(writer.clone()),
                        writer,
                        url: place,
                        version: CurrentVersion::at(url),
                    });
                }
                let reader = open(sqlite_readers(url), &place).await?;
                let unreachable = |error: sqlx::Error| StoreError::Unreachable { url: place.clone(), reason: error.to_string() };
                let sessions = Sessions::on_file(url, reader.clone(), max_work).map_err(unreachable)?;
                Ok(Self { writer, reader, sessions, url: place, version: CurrentVersion::at(url) })
            }
            Some(_) if is_postgres(url) => {
                reach_postgres(url).await?;
                let writer = open(postgres_writer(url), &place).await?;
                let reader = open(postgres_readers(url, max_work), &place).await?;
                let sessions = Sessions::on_pool(reader.clone());
                Ok(Self { writer, reader, sessions, url: place, version: CurrentVersion::at(url) })
            }
            _ => Err(StoreError::UnknownScheme(place)),
        }
    }

    /// Closes the connections. A SQLite database is then a single file.
    pub async fn close(self) {
        self.version.stop().await;
        self.sessions.close().await;
        for db in [self.reader, self.writer] {
            if let Ok(Err(error)) = tokio::time::timeout(CLOSE_TIMEOUT, db.close()).await {
                tracing::warn!(%error, "a database connection did not close cleanly");
            }
        }
    }
}

fn is_postgres(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| matches!(scheme, "postgres" | "postgresql"))
}

/// What the driver sets at the start of every session.
const EXTRA_FLOAT_DIGITS: &str = "2";

/// Connects once without a pool, since a pool reports only that it waited. A pooler refuses what we set at the start of a session, or drops it.
///
/// # Errors
/// When nothing answers, or a pooler does.
async fn reach_postgres(url: &str) -> Result<(), StoreError> {
    let place = without_password(url);
    let unreachable = |reason: String| StoreError::Unreachable { url: place.clone(), reason };
    let failed = |error: sqlx::Error| match error {
        sqlx::Error::Database(refusal) if refusal.message().starts_with("unsupported startup parameter") => {
            StoreError::Pooler(place.clone())
        }
        sqlx::Error::Database(refusal) => unreachable(refusal.message().to_owned()),
        sqlx::Error::Io(error) => unreachable(error.to_string()),
        other => unreachable(other.to_string()),
    };
    let connecting = async {
        let mut connection = sqlx::PgConnection::connect(url).await?;
        // Not prepared: behind a pooler, another client may have prepared a statement of that name.
        let set: String = sqlx::raw_sql("SHOW extra_float_digits").fetch_one(&mut connection).await?.try_get(0)?;
        connection.close().await?;
        Ok(set)
    };
    let reached = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await;
    let set = reached.map_err(|_| unreachable("it does not answer".to_owned()))?.map_err(failed)?;
    if set == EXTRA_FLOAT_DIGITS { Ok(()) } else { Err(StoreError::Pooler(place)) }
}

async fn open(options: ConnectOptions, place: &str) -> Result<DatabaseConnection, StoreError> {
    let unreachable = |error| StoreError::Unreachable { url: place.to_owned(), reason: driver_message(&error) };
    Database::connect(options).await.map_err(|error| match StoreError::recognise(&error) {
        // Not even readers get in.
        Some(StoreError::Busy(_)) => StoreError::Busy(write_lock::holder_of_file(place)),
        recognised => recognised.unwrap_or_else(|| unreachable(error)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn another_kind_of_database_is_refused() {
        let refusal = Store::connect("mysql://root@localhost/test").await.expect_err("not a kind we know");
        assert!(refusal.to_string().contains("sqlite:// or postgres://"), "{refusal}");
    }
}
