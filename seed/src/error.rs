//! Errors in a data set, worded so that its author can fix them.

use sea_orm::DbErr;

/// Why a load was refused. The database is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A cell or a whole line breaks the format. The author's fault.
    #[error("{file}.csv, line {line}{}: {reason}", column.as_ref().map(|name| format!(", column `{name}`")).unwrap_or_default())]
    Row { file: String, line: u64, column: Option<String>, reason: String },
    /// A folder or file that cannot be read. The author's fault.
    #[error("cannot read {path}: {reason}; name a folder with files of the podium format, which seed/data/README.md lists")]
    Unreadable { path: String, reason: String },
    /// A file of another source that cannot be read, or is not what the source publishes. The user's fault.
    #[error("cannot read {path}{}: {reason}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Input { path: String, line: Option<u64>, reason: String },
    /// More rows were rejected than allowed. The user's fault.
    #[error("more than {maximum} rows of {path} are not understood, the first on line {line}: {reason}; {advice}")]
    TooManyRejects { path: String, maximum: usize, line: u64, reason: String, advice: String },
    /// A folder that cannot be written. The user's fault.
    #[error("cannot write to {path}: {reason}; name a new or empty folder")]
    Unwritable { path: String, reason: String },
    /// A CSV report cannot be written. The user's fault.
    #[error("cannot write the {what} to {path}: {reason}; name a new file in a folder that is there")]
    CsvReport { what: &'static str, path: String, reason: String },
    /// A file that the format does not know. The author's fault.
    #[error("`{0}.csv` is not a file of the podium format; seed/data/README.md lists them")]
    UnknownFile(String),
    /// The store failed.
    #[error("the data could not be written: {0}")]
    Store(#[from] DbErr),
}
