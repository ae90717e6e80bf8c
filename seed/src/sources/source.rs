//! The interface of a source.

use sea_orm::DatabaseTransaction;

use crate::error::Error;
use crate::options::ImportOptions;
use crate::report::Report;
use crate::report::progress::OnProgress;

/// A data set that `podium import` reads. To add one, implement this trait in a new folder and add a line to the registry in
/// `sources`. The fields of the type are the arguments of its command.
pub(crate) trait Source {
    /// Whether an import may write enough rows for the store to prepare for a large change.
    const IS_LARGE: bool = true;

    /// Checks the files before the database is opened, and reads only as much of them as needed to refuse wrong ones.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Imports the files as part of the caller's transaction. After an error the caller must not commit.
    fn import(
        &self,
        db: &DatabaseTransaction,
        options: &ImportOptions,
        on_progress: OnProgress<'_>,
    ) -> impl Future<Output = Result<Report, Error>> + Send;
}
