//! Write transactions: one at a time, even across programs, with the settings that a large one needs.

use std::error::Error;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::connect::CONNECT_TIMEOUT;
use crate::error::{StoreError, failed};
use crate::store::Store;
use crate::write_lock::{self, ADVISORY_LOCK};

impl Store {
    /// Begins a write transaction, once no other program has one.
    ///
    /// # Errors
    /// When a newer version has changed the database, or another program holds it for too long.
    pub async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        match self.begin_alone().await {
            Err(error) => Err(self.recognise(&error).await.unwrap_or(error)),
            begun => begun,
        }
    }

    async fn begin_alone(&self) -> Result<DatabaseTransaction, StoreError> {
        self.refuse_newer().await?;
        let is_new = is_new_file(&self.writer).await.map_err(failed)?;
        if !is_new {
            self.enable_wal().await.map_err(failed)?;
        }
        let transaction = self.lock().await?;
        if is_new && !is_new_file(&transaction).await? {
            // Another program was first. What it wrote may already be read.
            transaction.rollback().await?;
            self.enable_wal().await.map_err(failed)?;
            return self.lock().await;
        }
        Ok(transaction)
    }

    async fn lock(&self) -> Result<DatabaseTransaction, StoreError> {
        let immediate = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer.begin_with_options(immediate).await.map_err(failed)?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let wait = format!("SET LOCAL lock_timeout = {}", CONNECT_TIMEOUT.as_millis());
            transaction.execute_unprepared(&wait).await?;
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")).await.map_err(failed)?;
        }
        Ok(transaction)
    }

    /// Commits a change. Failing to switch a new SQLite file to WAL afterwards is only logged: the next writer does it.
    ///
    /// # Errors
    /// When the database does not commit.
    pub async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), DbErr> {
        let committed = transaction.commit().await;
        // Before the commit is reported, so that no later request is answered from the old version.
        self.version.forget();
        committed?;
        if let Err(error) = self.enable_wal().await {
            tracing::warn!(%error, "everything was written, but readers wait for writers until the next change");
        }
        Ok(())
    }

    /// With a write-ahead log, readers and the writer of a SQLite file do not wait for each other. The file remembers the mode.
    async fn enable_wal(&self) -> Result<(), DbErr> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA journal_mode = WAL").await?;
        }
        Ok(())
    }

    /// Runs a large import, or a step that rebuilds tables, with a larger cache, temporary data on disk and no foreign key checks.
    /// Afterwards the usual settings are restored, even after an error. Only SQLite needs this. The log of a SQLite file is emptied of what a
    /// failed import wrote.
    ///
    /// # Errors
    /// The error of the work, or one of the store.
    pub async fn with_import_pragmas<T, E>(&self, is_large: bool, work: impl Future<Output = Result<T, E>>) -> Result<T, E>
    where
        E: Error + From<StoreError> + Send + Sync + 'static,
    {
        let work = async {
            match work.await {
                Err(error) => Err(self.recognise(&error).await.map_or(error, E::from)),
                done => done,
            }
        };
        if self.writer.get_database_backend() != DbBackend::Sqlite {
            return work.await;
        }
        if is_large {
            let large = "PRAGMA temp_store = file; PRAGMA cache_size = -163840; PRAGMA foreign_keys = off";
            self.writer.execute_unprepared(large).await.map_err(failed)?;
        }
        let done = work.await;
        if done.is_err() {
            self.empty_log().await;
        }
        if is_large {
            let usual = "PRAGMA foreign_keys = on; PRAGMA cache_size = -16384; PRAGMA temp_store = memory";
            let reset = self.writer.execute_unprepared(usual).await.map_err(failed);
            // The error of the work explains more than that of the reset.
            return done.and_then(|done| reset.map(|_| done).map_err(E::from));
        }
        done
    }

    /// As `StoreError::recognise`, and names the program that holds the write lock.
    async fn recognise(&self, error: &(dyn Error + Send + Sync + 'static)) -> Option<StoreError> {
        Some(match StoreError::recognise(error)? {
            StoreError::Busy(_) => StoreError::Busy(write_lock::holder(&self.writer, &self.url).await),
            other => other,
        })
    }

    /// Refreshes the planner's statistics after a large change, and empties the log of a SQLite file, which otherwise stays as large as the
    /// change. A failure is only logged, since the data is committed.
    pub async fn tidy_up(&self) {
        let is_sqlite = self.writer.get_database_backend() == DbBackend::Sqlite;
        // A trigram index that grew row by row is not used before it is vacuumed.
        let sample = if is_sqlite { "PRAGMA analysis_limit = 400; ANALYZE" } else { "VACUUM (ANALYZE)" };
        if let Err(error) = self.writer.execute_unprepared(sample).await {
            tracing::warn!(%error, "everything was written, but the planner's statistics are old, so questions may be slower");
        }
        if is_sqlite {
            self.empty_log().await;
        }
    }

    /// Empties the log of a SQLite file.
    async fn empty_log(&self) {
        if let Err(error) = self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await {
            tracing::debug!(%error, "the log of the database file keeps its size until the next change");
        }
    }
}

/// Whether a SQLite file has no tables yet. Such a file is written without a write-ahead log: it has no readers, and an interruption leaves
/// it empty.
async fn is_new_file(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(false);
    }
    // The page count would not tell: beginning a transaction makes the first page.
    let table = Statement::from_string(DbBackend::Sqlite, "SELECT 1 FROM sqlite_master LIMIT 1");
    Ok(db.query_one_raw(table).await?.is_none())
}

/// Disables foreign key checks within a transaction, where PostgreSQL allows it: an import creates all rows that it refers to.
///
/// # Errors
/// When the database does not answer.
pub async fn skip_reference_checks(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let attempt = transaction.begin().await?;
        match attempt.execute_unprepared("SET LOCAL session_replication_role = replica").await {
            Ok(_) => attempt.commit().await?,
            Err(_) => attempt.rollback().await?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::migrate_within;

    #[tokio::test]
    async fn a_file_has_a_log_from_its_first_commit_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("podium.db").display());
        let store = Store::connect(&url).await.expect("a file");
        let transaction = store.begin().await.expect("a transaction");
        let mode = |row: Option<sea_orm::QueryResult>| row.expect("an answer").try_get_by_index::<String>(0).expect("a word");
        let ask = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode");
        assert_eq!(mode(transaction.query_one_raw(ask.clone()).await.expect("an answer")), "delete");
        migrate_within(&transaction).await.expect("tables");
        store.commit(transaction).await.expect("a commit");
        assert_eq!(mode(store.writer.query_one_raw(ask).await.expect("an answer")), "wal");
    }
}
