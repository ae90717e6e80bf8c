//! Why a store cannot be used, in words for the person who runs Podium.

use std::error::Error;

use sea_orm::sqlx::{self, error::DatabaseError};
use sea_orm::{DbErr, RuntimeErr};

use crate::sqlite_reader::is_interrupted;

/// Why the store cannot be used, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL names a kind of database that Podium does not support. The user's fault.
    #[error("`{0}` is not a database Podium knows: give a URL that begins with sqlite:// or postgres://")]
    UnknownScheme(String),
    /// The database does not answer, or may not be written.
    #[error("cannot open the database {url}: {reason}; check that it runs, that the path or name is right and that you may write there")]
    Unreachable { url: String, reason: String },
    /// The database is behind a connection pooler.
    #[error(
        "a pooler such as PgBouncer stands at {0}: connect to PostgreSQL itself, since Podium keeps prepared statements, settings and \
         notifications in its connections"
    )]
    Pooler(String),
    /// Only PostgreSQL has replicas.
    #[error("{0} cannot be read in place of the database: a replica is a PostgreSQL database that follows another one")]
    NoReplica(String),
    /// Another version of Podium made a migration step that this one does not know.
    #[error(
        "the database was changed by another version of Podium (step {0}), probably a newer version: use that one, or another database"
    )]
    Newer(String),
    /// A migration step failed.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(DbErr),
    /// Another program holds the write lock: which one, if the system tells.
    #[error("another program is writing to the database{}: try again when it is done", in_brackets(.0.as_ref()))]
    Busy(Option<String>),
    /// The disk is full.
    #[error(
        "nothing was changed, since the database cannot be written further ({0}): make room on the disk of the database, and try again"
    )]
    NoRoom(String),
    /// The database is read-only for this user. The user's fault.
    #[error(
        "the database cannot be written to, so nothing was changed: get the right to write to it, on SQLite to its file and to the \
         folder that it is in, or name another one with --database-url"
    )]
    ReadOnly,
    /// Only a `SQLite` database is copied.
    #[error("this database is not a SQLite file: copy it with pg_dump")]
    NoBackup,
    /// A backup overwrites nothing.
    #[error("{0} is there already, so nothing was copied: name a new file")]
    BackupExists(String),
    /// The copy could not be written.
    #[error("nothing was copied to {file} ({reason}): check that the folder is there, that you may write to it, and that it has room")]
    BackupFailed { file: String, reason: String },
    /// A statement failed.
    #[error("the database failed: {0}")]
    Failed(#[from] DbErr),
}

impl StoreError {
    /// Recognises external causes in any error of the database driver: a full disk, a read-only database, and a database that another
    /// program has locked.
    #[must_use]
    pub fn recognise(error: &(dyn Error + 'static)) -> Option<Self> {
        let cause = innermost(error);
        if let Some(known) = cause.downcast_ref::<Self>() {
            // A lock is recognised again, by those who can tell its holder.
            return matches!(known, Self::Busy(None)).then_some(Self::Busy(None));
        }
        let text = cause.to_string();
        let has = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
        if has(&["disk is full", "disk I/O error", "No space left"]) {
            Some(Self::NoRoom(text))
        } else if has(&["readonly database", "read-only transaction"]) {
            Some(Self::ReadOnly)
        } else if has(&["database is locked", "lock timeout"]) {
            Some(Self::Busy(None))
        } else {
            None
        }
    }

    /// The recognised cause, or this error when there is none.
    pub(crate) fn or_recognised(self) -> Self {
        Self::recognise(&self).unwrap_or(self)
    }
}

fn in_brackets(text: Option<&String>) -> String {
    text.map(|text| format!(" ({text})")).unwrap_or_default()
}

/// Whether a statement was interrupted: it took too long, or its request is gone.
#[must_use]
pub fn is_cancelled(error: &DbErr) -> bool {
    let (DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause))) = error else {
        return is_interrupted(error);
    };
    // `query_canceled` of PostgreSQL.
    cause.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code == "57014")
}

/// Whether a read of PostgreSQL may succeed when it is tried again: its connection was broken, or the database gave it up for another transaction.
pub(crate) fn is_worth_a_retry(error: &DbErr) -> bool {
    let (DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    match &**cause {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => true,
        // The server was stopped, or crashed. A standby ends statements with 40001 that read what the primary has removed.
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| matches!(&*code, "57P01" | "57P02" | "40001") || code.starts_with("08"))
        }
        _ => false,
    }
}

/// A failed statement, with its cause recognised.
pub(crate) fn failed(error: DbErr) -> StoreError {
    StoreError::Failed(error).or_recognised()
}

/// The message of the driver, without the layers above it.
pub(crate) fn driver_message(error: &DbErr) -> String {
    innermost(error).to_string()
}

fn innermost<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause
}
