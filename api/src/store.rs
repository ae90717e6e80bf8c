//! The store: connecting to it, and bringing it to the state that this program expects.

use std::path::Path;
use std::time::Duration;

use podium_entity::{athlete, event_edition, games, medal_award};
use podium_migration::{Migrator, MigratorTrait};
use podium_seed::{AthleteEvents, DataSet, Paris2024, Report, Told};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IsolationLevel, PaginatorTrait,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::connect::{
    Limit, PATIENCE, is_in_memory, postgres_readers, postgres_writer, reach, sqlite_readers, sqlite_writer, without_password,
};
pub use crate::store_error::StoreError;
use crate::store_error::{explained, failed, innermost};

/// What can be brought in.
#[derive(Clone, Debug)]
pub enum Import {
    Podium(DataSet),
    AthleteEvents(AthleteEvents),
    Paris2024(Paris2024),
}

/// How long a connection may take to end.
const FAREWELL: Duration = Duration::from_millis(200);

/// What copies of Podium that start at once on one PostgreSQL take turns by.
const LOCK: i64 = 0x504f_4449_554d;

/// The two ways into a store: one connection that writes, several that read.
#[derive(Clone, Debug)]
pub struct Store {
    pub writer: DatabaseConnection,
    pub reader: DatabaseConnection,
    /// Where it is, without a password.
    pub url: String,
}

impl Store {
    /// Connects to the database that a URL names.
    ///
    /// # Errors
    /// When the URL is of no known kind, or the database does not answer.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_with(url, None).await
    }

    /// Connects to a database to answer questions from, each with statements that may go on for so long; then they are ended.
    ///
    /// # Errors
    /// When the URL is of no known kind, or the database does not answer.
    pub async fn connect_to_serve(url: &str, limit: Duration) -> Result<Self, StoreError> {
        Self::connect_with(url, Some(limit)).await
    }

    async fn connect_with(url: &str, limit: Limit) -> Result<Self, StoreError> {
        let place = without_password(url);
        let unreachable = |error: DbErr| explained(StoreError::Unreachable { url: place.clone(), reason: innermost(&error) });
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => {
                let writer = Database::connect(sqlite_writer(url)).await.map_err(unreachable)?;
                let reader = if is_in_memory(url) {
                    writer.clone()
                } else {
                    Database::connect(sqlite_readers(url, limit)).await.map_err(unreachable)?
                };
                Ok(Self { writer, reader, url: place })
            }
            Some("postgres" | "postgresql") => {
                reach(url).await.map_err(|reason| StoreError::Unreachable { url: place.clone(), reason })?;
                let writer = Database::connect(postgres_writer(url)).await.map_err(unreachable)?;
                let reader = Database::connect(postgres_readers(url, limit)).await.map_err(unreachable)?;
                Ok(Self { writer, reader, url: place })
            }
            _ => Err(StoreError::UnknownScheme(place)),
        }
    }

    /// Makes the tables what this program expects, and loads the built-in data when there is none; tells what it loaded.
    /// All of it is one transaction that others wait for, so that a killed or a second start leaves nothing half done.
    ///
    /// # Errors
    /// When a newer program has been here, a step fails or the data cannot be written; then nothing is.
    pub async fn prepare(&self) -> Result<Option<Report>, StoreError> {
        self.bring_up(true).await
    }

    /// Makes the tables what this program expects, and loads nothing.
    ///
    /// # Errors
    /// When a newer program has been here, or a step fails; then nothing is changed.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.bring_up(false).await.map(drop)
    }

    async fn bring_up(&self, with_data: bool) -> Result<Option<Report>, StoreError> {
        let is_behind = self.is_behind().await?;
        let steps = async {
            let transaction = self.begin().await?;
            let report = match with_data {
                true => ready(&transaction).await?,
                false => step_up(&transaction).await.map(|()| None)?,
            };
            self.commit(transaction).await?;
            Ok(report)
        };
        let report = self.with_room(is_behind, steps).await?;
        if is_behind {
            self.take_stock().await;
        }
        Ok(report)
    }

    /// Brings results in beside what is there, the built-in data at least; or, to see what would happen, does not.
    ///
    /// # Errors
    /// When a newer program has been here, another one writes, or the files are not what they should be; then nothing is
    /// changed.
    pub async fn import(&self, from: &Import, dry_run: bool, told: Told<'_>) -> Result<Report, StoreError> {
        let import = Box::pin(self.import_within(from, dry_run, told));
        self.with_room(!matches!(from, Import::Podium(_)), import).await
    }

    async fn import_within(&self, from: &Import, dry_run: bool, told: Told<'_>) -> Result<Report, StoreError> {
        let is_behind = self.is_behind().await?;
        let transaction = self.begin().await?;
        ready(&transaction).await?;
        if !matches!(from, Import::Podium(_)) {
            trust_references(&transaction).await?;
        }
        let report = match from {
            Import::Podium(data) => podium_seed::load_within(&transaction, data).await,
            Import::AthleteEvents(files) => podium_seed::import_athlete_events(&transaction, files, told).await,
            Import::Paris2024(files) => podium_seed::import_paris_2024(&transaction, files, told).await,
        };
        let report = report.map_err(StoreError::Import)?;
        match dry_run {
            true => transaction.rollback().await?,
            false => self.commit(transaction).await?,
        }
        if (report.changed() || is_behind) && !dry_run {
            self.take_stock().await;
        }
        Ok(report)
    }

    /// How tables are looked up is planned by how much there is, which is forgotten of tables that a step made anew. What was
    /// written stays when this fails.
    async fn take_stock(&self) {
        let is_sqlite = self.writer.get_database_backend() == DbBackend::Sqlite;
        let sample = if is_sqlite { "PRAGMA analysis_limit = 400; ANALYZE" } else { "ANALYZE" };
        if let Err(error) = self.writer.execute_unprepared(sample).await {
            tracing::warn!(%error, "everything was written, but the database did not count it, so questions may be slower");
        }
    }

    /// Writes everything into a folder, as it is at one moment; tells how many lines each file has.
    ///
    /// # Errors
    /// When the folder is not empty or cannot be written, or the database does not answer.
    pub async fn export(&self, folder: &Path) -> Result<Vec<(&'static str, usize)>, StoreError> {
        self.refuse_newer().await?;
        // On SQLite any transaction sees one moment.
        let isolation = (self.reader.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let moment = self.reader.begin_with_config(isolation, None).await?;
        podium_seed::export(&moment, folder).await.map_err(StoreError::Export)
    }

    /// Begins to change the store, when nobody else does.
    async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        self.refuse_newer().await?;
        let is_new = is_new_file(&self.writer).await.map_err(failed)?;
        if !is_new {
            self.prefer_wal().await.map_err(failed)?;
        }
        let transaction = self.lock().await?;
        if is_new && !is_new_file(&transaction).await? {
            // Another program was first, and what it wrote may be read by now.
            transaction.rollback().await?;
            self.prefer_wal().await.map_err(failed)?;
            return self.lock().await;
        }
        Ok(transaction)
    }

    /// Begins a transaction that no other one changes the store beside.
    async fn lock(&self) -> Result<DatabaseTransaction, StoreError> {
        let immediate = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer.begin_with_options(immediate).await.map_err(failed)?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let wait = format!("SET LOCAL lock_timeout = {}", PATIENCE.as_millis());
            transaction.execute_unprepared(&wait).await?;
            transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await.map_err(failed)?;
        }
        Ok(transaction)
    }

    /// Keeps what was written. That readers then need not wait for a writer is not worth a failure: the next writer sees to it.
    async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), DbErr> {
        transaction.commit().await?;
        if let Err(error) = self.prefer_wal().await {
            tracing::warn!(%error, "everything was written, but readers wait for writers until the next change");
        }
        Ok(())
    }

    /// Readers and the writer of a SQLite file do not wait for each other in this mode, which the file remembers.
    async fn prefer_wal(&self) -> Result<(), DbErr> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA journal_mode = WAL").await?;
        }
        Ok(())
    }

    /// A large import on SQLite, and a step that makes tables anew, take more memory than an answer, files for what does not fit,
    /// and do not look up again the references that they make themselves. Afterwards all is as before.
    async fn with_room<T>(&self, is_large: bool, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let needs_room = is_large && self.writer.get_database_backend() == DbBackend::Sqlite;
        if needs_room {
            let room = "PRAGMA temp_store = file; PRAGMA cache_size = -163840; PRAGMA foreign_keys = off";
            self.writer.execute_unprepared(room).await?;
        }
        let done = work.await.map_err(explained);
        if !needs_room {
            return done;
        }
        let usual = "PRAGMA foreign_keys = on; PRAGMA cache_size = -16384; PRAGMA temp_store = memory";
        let room = self.writer.execute_unprepared(usual).await;
        // Why the work failed says more than that the room did.
        let done = done?;
        room?;
        Ok(done)
    }

    /// Takes all tables away.
    ///
    /// # Errors
    /// When a newer program has been here, or a step fails.
    pub async fn take_down(&self) -> Result<(), StoreError> {
        self.refuse_newer().await?;
        Migrator::down(&self.writer, None).await.map_err(StoreError::Migration)
    }

    /// The steps by name, and whether each has been made; those of a newer program too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn steps(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let made = self.steps_made().await?;
        let mut steps: Vec<(String, bool)> =
            Migrator::migrations().iter().map(|step| (step.name().to_owned(), made.iter().any(|name| name == step.name()))).collect();
        let unknown: Vec<String> = made.into_iter().filter(|name| !steps.iter().any(|(step, _)| step == name)).collect();
        steps.extend(unknown.into_iter().map(|name| (name, true)));
        Ok(steps)
    }

    /// How much there is in it, in words; counted where that may take its time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn holdings(&self) -> Result<String, StoreError> {
        let db = &self.writer;
        let games = games::Entity::find().count(db).await?;
        let editions = event_edition::Entity::find().count(db).await?;
        let athletes = athlete::Entity::find().count(db).await?;
        let medals = medal_award::Entity::find().count(db).await?;
        Ok(format!("{games} Games, {editions} event editions, {athletes} athletes and {medals} medals"))
    }

    /// Ends the connections; of a SQLite database one file is left, with everything in it.
    pub async fn close(self) {
        for db in [self.reader, self.writer] {
            if let Ok(Err(error)) = tokio::time::timeout(FAREWELL, db.close()).await {
                tracing::warn!(%error, "a connection did not end well");
            }
        }
    }

    async fn refuse_newer(&self) -> Result<(), StoreError> {
        let known = Migrator::migrations();
        let unknown = self.steps_made().await?.into_iter().find(|made| !known.iter().any(|step| step.name() == made));
        unknown.map_or(Ok(()), |step| Err(StoreError::Newer(step)))
    }

    /// Whether an earlier program has been here.
    async fn is_behind(&self) -> Result<bool, StoreError> {
        Ok((1..Migrator::migrations().len()).contains(&self.steps_made().await?.len()))
    }

    async fn steps_made(&self) -> Result<Vec<String>, StoreError> {
        podium_migration::steps_made(&self.writer).await.map_err(|error| explained(StoreError::Migration(error)))
    }
}

/// What is written into a SQLite file without tables needs no log: there is nothing to read, and an interruption leaves it empty.
async fn is_new_file(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(false);
    }
    // Its pages tell less: to begin a transaction makes the first.
    let table = Statement::from_string(DbBackend::Sqlite, "SELECT 1 FROM sqlite_master LIMIT 1");
    Ok(db.query_one_raw(table).await?.is_none())
}

/// Makes the tables what this program expects, with what is derived from them.
async fn step_up(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    Migrator::up(transaction, None).await.map_err(StoreError::Migration)?;
    if let Some(reason) = podium_migration::index_letters(transaction).await? {
        tracing::warn!(
            "names are searched without an index, since the database refused one ({reason}): \
             let an administrator run CREATE EXTENSION pg_trgm, and start again"
        );
    }
    Ok(podium_seed::refresh_where_missing(transaction).await?)
}

/// Makes the tables what this program expects, and loads the built-in data when there is none.
async fn ready(transaction: &DatabaseTransaction) -> Result<Option<Report>, StoreError> {
    step_up(transaction).await?;
    Ok(match games::Entity::find().one(transaction).await?.is_none() {
        true => Some(podium_seed::load_within(transaction, &DataSet::built_in()).await?),
        false => None,
    })
}

/// A large import does not look up again the references that it makes itself, where PostgreSQL lets us say so.
async fn trust_references(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
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

    #[tokio::test]
    async fn another_kind_of_database_is_refused() {
        let refusal = Store::connect("mysql://root@localhost/test").await.expect_err("not a kind we know");
        assert!(refusal.to_string().contains("sqlite:// or postgres://"), "{refusal}");
    }

    #[tokio::test]
    async fn a_file_has_a_log_from_its_first_commit_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("podium.db").display());
        let store = Store::connect(&url).await.expect("a file");
        let transaction = store.begin().await.expect("a transaction");
        let mode = |row: Option<sea_orm::QueryResult>| row.expect("an answer").try_get_by_index::<String>(0).expect("a word");
        let ask = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode");
        assert_eq!(mode(transaction.query_one_raw(ask.clone()).await.expect("an answer")), "delete");
        step_up(&transaction).await.expect("tables");
        store.commit(transaction).await.expect("a commit");
        assert_eq!(mode(store.writer.query_one_raw(ask).await.expect("an answer")), "wal");
    }
}
