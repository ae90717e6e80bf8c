//! Imports into a store and exports from it. Each call is one transaction: it takes effect as a whole or not at all.

use std::path::Path;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_entity::{athlete, event_edition, games, medal_award};
use podium_store::{Store, StoreError, data_version, migrate_within, skip_reference_checks};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IsolationLevel, PaginatorTrait, TransactionTrait};

use crate::almanac;
use crate::error::Error;
use crate::format::dataset::DataSet;
use crate::format::export::export_within;
use crate::format::load::load_within;
use crate::options::{BuiltIn, ImportOptions};
use crate::report::Report;
use crate::report::progress::OnProgress;
use crate::sources::Import;

/// The source of the built-in data, as the data version names it.
const BUILT_IN: &str = "built-in";

/// Why an import or export failed. The store is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The built-in data does not fit the store.
    #[error("the built-in data was not loaded: {0}")]
    BuiltIn(#[source] Error),
    /// The files are invalid.
    #[error("nothing was imported: {0}")]
    Import(#[source] Error),
    /// The files cannot be written.
    #[error("nothing was exported: {0}")]
    Export(#[source] Error),
}

impl From<DbErr> for TransferError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Runs pending migrations and loads the built-in data into an empty store. Returns a report of what was loaded. Programs that
/// start at the same time take turns.
///
/// # Errors
/// When a newer version has changed the database, a migration step fails or the data cannot be written.
pub fn prepare(store: &Store, built_in: BuiltIn) -> BoxFuture<'_, Result<Option<Report>, TransferError>> {
    let prepare = async move {
        store.refuse_newer().await?;
        let (is_new, is_behind) = (store.is_new().await?, store.is_behind().await?);
        if !is_new && !is_behind && has_data(&store.reader).await? {
            // Nothing to write: without the write lock, this waits for no other writer and works for read-only roles.
            store.index_names().await;
            return Ok(None);
        }
        let work = async {
            let transaction = store.begin().await?;
            let report = make_ready(&transaction, built_in).await?;
            store.commit(transaction).await?;
            Ok::<_, TransferError>(report)
        };
        let report = store.with_import_pragmas(is_new || is_behind, work).await?;
        if is_new || is_behind {
            store.tidy_up().await;
        }
        Ok(report)
    };
    prepare.boxed()
}

/// Imports a source into the store. The built-in data is loaded first when the store is empty. A dry run rolls back.
///
/// # Errors
/// When a newer version has changed the database, another program writes to it, or the files are invalid.
pub fn import<'a>(
    store: &'a Store,
    source: &'a Import,
    options: &'a ImportOptions,
    on_progress: OnProgress<'a>,
) -> BoxFuture<'a, Result<Report, TransferError>> {
    let work = async move {
        let is_behind = store.is_behind().await?;
        let transaction = store.begin().await?;
        make_ready(&transaction, options.built_in).await?;
        if source.is_large() {
            skip_reference_checks(&transaction).await?;
        }
        let report = source.run(&transaction, options, on_progress).await.map_err(TransferError::Import)?;
        if report.changed() {
            data_version::set_source(&transaction, source.name()).await?;
        }
        match options.dry_run {
            true => transaction.rollback().await?,
            false => store.commit(transaction).await?,
        }
        if (report.changed() || is_behind) && !options.dry_run {
            store.tidy_up().await;
        }
        Ok(report)
    };
    // Boxed, since it is large.
    let work = work.boxed();
    async move { store.with_import_pragmas(source.is_large(), work).await }.boxed()
}

/// Exports a consistent snapshot of all tables into a folder. Returns the number of lines of each file.
///
/// # Errors
/// When the folder is not empty or cannot be written, or the database does not answer.
pub fn export<'a>(store: &'a Store, folder: &'a Path) -> BoxFuture<'a, Result<Vec<(&'static str, usize)>, TransferError>> {
    let export = async move {
        store.refuse_newer().await?;
        // On SQLite every transaction reads one snapshot.
        let isolation = (store.reader.get_database_backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let snapshot = store.reader.begin_with_config(isolation, None).await?;
        export_within(&snapshot, folder).await.map_err(TransferError::Export)
    };
    export.boxed()
}

/// A summary of the store's contents, as a phrase for the log.
///
/// # Errors
/// When the database does not answer.
pub fn holdings(store: &Store) -> BoxFuture<'_, Result<String, StoreError>> {
    let count = async {
        // Counting scans whole indexes, and the readers' statement timeout might cancel that.
        let db = &store.writer;
        let games = games::Entity::find().count(db).await?;
        let editions = event_edition::Entity::find().count(db).await?;
        let athletes = athlete::Entity::find().count(db).await?;
        let medals = medal_award::Entity::find().count(db).await?;
        Ok(format!("{games} Games, {editions} event editions, {athletes} athletes and {medals} medals"))
    };
    count.boxed()
}

async fn has_data(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(games::Entity::find().one(db).await?.is_some())
}

/// Runs pending migrations, and loads the built-in data when the store has no Games.
async fn make_ready(transaction: &DatabaseTransaction, built_in: BuiltIn) -> Result<Option<Report>, TransferError> {
    migrate_within(transaction).await?;
    if has_data(transaction).await? {
        return Ok(None);
    }
    let mut report = load_within(transaction, &DataSet::sample()).await.map_err(TransferError::BuiltIn)?;
    if built_in == BuiltIn::Everything {
        skip_reference_checks(transaction).await?;
        report.extend(almanac::load(transaction).await.map_err(TransferError::BuiltIn)?);
    }
    data_version::set_source(transaction, BUILT_IN).await?;
    Ok(Some(report))
}
