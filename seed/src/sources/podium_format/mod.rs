//! Imports files in the `podium` format, whether users wrote them or `podium export` did.

use std::path::PathBuf;

use sea_orm::DatabaseTransaction;

use crate::error::Error;
use crate::format::dataset::DataSet;
use crate::format::load::load_within;
use crate::options::ImportOptions;
use crate::report::Report;
use crate::report::progress::OnProgress;
use crate::sources::source::Source;

/// A folder of CSV files in Podium's own format, which `seed/data/README.md` describes.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
pub struct PodiumFormat {
    /// The folder.
    pub folder: PathBuf,
}

impl Source for PodiumFormat {
    const IS_LARGE: bool = false;

    fn check(&self) -> Result<(), Error> {
        DataSet::read(&self.folder).map(drop)
    }

    async fn import(&self, db: &DatabaseTransaction, _: &ImportOptions, _: OnProgress<'_>) -> Result<Report, Error> {
        load_within(db, &DataSet::read(&self.folder)?).await
    }
}
