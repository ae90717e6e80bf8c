//! What a source must be able to do.

use sea_orm::DatabaseTransaction;

use crate::error::Error;
use crate::report::Report;
use crate::report::options::ImportOptions;
use crate::report::progress::OnProgress;

/// A data set that `podium import` reads. A new one implements this in its own folder and adds a line to the registry in `sources`; its
/// fields are the arguments of its command.
pub(crate) trait Source {
    /// Whether it may bring in so many rows that the store should prepare for a large change.
    const IS_LARGE: bool = true;

    /// Reads as much of the files as needed to refuse wrong ones before the database is opened.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Writes the rows of the files within a transaction of the caller, who must not commit when it fails.
    fn import(
        &self,
        db: &DatabaseTransaction,
        options: &ImportOptions,
        on_progress: OnProgress<'_>,
    ) -> impl Future<Output = Result<Report, Error>> + Send;
}
