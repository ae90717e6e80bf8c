//! The store: connecting to it, and bringing it to the state that this program expects.

use std::time::Duration;

use podium_entity::games;
use podium_migration::{Migrator, MigratorTrait};
use podium_seed::{DataSet, Report};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr, EntityTrait};

/// What stands between us and a store, each with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL is of no database that Podium knows. The user's fault.
    #[error("`{0}` is not a database Podium knows: give a URL that begins with sqlite:// or postgres://")]
    UnknownScheme(String),
    /// The database does not answer or may not be written.
    #[error("cannot open the database {url}: {reason}; check that it runs, that the path or name is right and that you may write there")]
    Unreachable { url: String, reason: String },
    /// A newer Podium has changed the tables.
    #[error("the database was changed by a newer version of Podium (step {0}): use that version, or another database")]
    Newer(String),
    /// A step failed.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(DbErr),
    /// The data could not be loaded.
    #[error("the built-in data was not loaded: {0}")]
    Seed(#[from] podium_seed::Error),
    /// A statement failed.
    #[error("the database failed: {0}")]
    Failed(#[from] DbErr),
}

/// The two ways into a store: one connection that writes, several that read.
#[derive(Clone, Debug)]
pub struct Store {
    pub writer: DatabaseConnection,
    pub reader: DatabaseConnection,
}

impl Store {
    /// Connects to the database that a URL names.
    ///
    /// # Errors
    /// When the URL is of no known kind, or the database does not answer.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let unreachable = |error: DbErr| StoreError::Unreachable { url: without_password(url), reason: innermost(&error) };
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => {
                let writer = Database::connect(sqlite(url, 1, false)).await.map_err(unreachable)?;
                let reader = if is_in_memory(url) {
                    writer.clone()
                } else {
                    Database::connect(sqlite(url, readers(), true)).await.map_err(unreachable)?
                };
                Ok(Self { writer, reader })
            }
            Some("postgres" | "postgresql") => {
                let db = Database::connect(postgres(url)).await.map_err(unreachable)?;
                Ok(Self { writer: db.clone(), reader: db })
            }
            _ => Err(StoreError::UnknownScheme(without_password(url))),
        }
    }

    /// Makes the tables what this program expects.
    ///
    /// # Errors
    /// When a newer program has been here, or a step fails.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.refuse_newer().await?;
        Migrator::up(&self.writer, None).await.map_err(StoreError::Migration)
    }

    /// Takes all tables away.
    ///
    /// # Errors
    /// When a newer program has been here, or a step fails.
    pub async fn take_down(&self) -> Result<(), StoreError> {
        self.refuse_newer().await?;
        Migrator::down(&self.writer, None).await.map_err(StoreError::Migration)
    }

    /// The steps by name, and whether each has been made.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn steps(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let made = self.steps_made().await?;
        let steps = Migrator::migrations();
        Ok(steps.iter().map(|step| (step.name().to_owned(), made.iter().any(|name| name == step.name()))).collect())
    }

    /// Loads the built-in data when there is none; tells what it did.
    ///
    /// # Errors
    /// When the data cannot be written; then nothing is.
    pub async fn load_built_in_when_empty(&self) -> Result<Option<Report>, StoreError> {
        if games::Entity::find().one(&self.writer).await?.is_some() {
            return Ok(None);
        }
        Ok(Some(podium_seed::load(&self.writer, &DataSet::built_in()).await?))
    }

    async fn refuse_newer(&self) -> Result<(), StoreError> {
        let known = Migrator::migrations();
        let unknown = self.steps_made().await?.into_iter().find(|made| !known.iter().any(|step| step.name() == made));
        unknown.map_or(Ok(()), |step| Err(StoreError::Newer(step)))
    }

    async fn steps_made(&self) -> Result<Vec<String>, StoreError> {
        podium_migration::steps_made(&self.writer).await.map_err(StoreError::Migration)
    }
}

/// One connection for writing; for reading, several that cannot write.
fn sqlite(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |options| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        let options = options
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .statement_cache_capacity(256)
            .pragma("cache_size", "-16384")
            .pragma("temp_store", "memory");
        if read_only { options.pragma("query_only", "on") } else { options.journal_mode(SqliteJournalMode::Wal) }
    });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(readers() * 2).acquire_timeout(Duration::from_secs(5)).connect_timeout(Duration::from_secs(5));
    options.sqlx_logging(false).test_before_acquire(false);
    options
}

/// As many connections as cores, and at least two.
fn readers() -> u32 {
    std::thread::available_parallelism().map_or(2, |cores| u32::try_from(cores.get()).unwrap_or(2).max(2))
}

/// A database in memory is another one for each connection.
fn is_in_memory(url: &str) -> bool {
    url.contains(":memory:") || url.contains("mode=memory")
}

/// The URL without what should not be printed.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

/// What the driver said, without the layers above it.
fn innermost(error: &DbErr) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_printed() {
        assert_eq!(without_password("postgres://me:secret@host/db"), "postgres://me@host/db");
        assert_eq!(without_password("sqlite://podium.db?mode=rwc"), "sqlite://podium.db?mode=rwc");
    }

    #[tokio::test]
    async fn another_kind_of_database_is_refused() {
        let refusal = Store::connect("mysql://root@localhost/test").await.expect_err("not a kind we know");
        assert!(refusal.to_string().contains("sqlite:// or postgres://"), "{refusal}");
    }
}
