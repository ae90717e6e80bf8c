//! What stands in the way of a store, in words.

use sea_orm::DbErr;

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
    /// The files hold something that the format does not know.
    #[error("nothing was imported: {0}")]
    Import(podium_seed::Error),
    /// The files could not be written.
    #[error("nothing was exported: {0}")]
    Export(podium_seed::Error),
    /// Another program is changing the database.
    #[error("another program is writing to the database: try again when it is done")]
    Busy,
    /// What is written does not fit.
    #[error(
        "nothing was changed, since the database cannot be written further ({0}): make room on the disk of the database, and try again"
    )]
    NoRoom(String),
    /// Who runs this may not write there. The user's fault.
    #[error(
        "the database cannot be written to, so nothing was changed: get the right to write to it, on SQLite to its file and to the \
         folder that it is in, or name another one with --database-url"
    )]
    ReadOnly,
    /// A statement failed.
    #[error("the database failed: {0}")]
    Failed(#[from] DbErr),
}

/// Tells what stood in the way of a statement.
pub(crate) fn failed(error: DbErr) -> StoreError {
    explained(StoreError::Failed(error))
}

/// Tells what is not the program's to mend: a full disk, which databases tell in one way or another, one that may only be read,
/// and one that another program holds.
pub(crate) fn explained(error: StoreError) -> StoreError {
    let said = innermost(&error);
    let tells = |signs: &[&str]| signs.iter().any(|sign| said.contains(sign));
    match error {
        StoreError::NoRoom(_) => error,
        _ if tells(&["disk is full", "disk I/O error", "No space left"]) => StoreError::NoRoom(said),
        _ if tells(&["readonly database", "read-only transaction"]) => StoreError::ReadOnly,
        _ if tells(&["database is locked", "lock timeout"]) => StoreError::Busy,
        _ => error,
    }
}

/// What the driver said, without the layers above it.
pub(crate) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
