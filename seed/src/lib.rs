//! How data comes in and goes out: the built-in data, imports, exports, and what is derived from rows.
//!
//! An import is one transaction and idempotent. References are checked, and reported with their line, before the database sees them.

mod derived;
mod error;
mod format;
mod report;
mod search_terms;
mod sources;
mod transfer;
mod write;

pub use error::Error;
pub use format::dataset::DataSet;
pub use format::load::load;
pub use report::options::ImportOptions;
pub use report::progress::{OnProgress, Progress};
pub use report::{Note, Report, Tally};
pub use sources::{AthleteEvents, Import, Paris2024, PodiumFormat};
pub use transfer::{TransferError, export, holdings, import, prepare};
