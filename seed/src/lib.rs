//! Data in and out: the built-in data set, imports, exports, and the rows derived from others.
//!
//! An import is one transaction and idempotent. References are checked before they reach the database, and a broken one is reported
//! with its line.

mod almanac;
mod derived;
mod error;
mod format;
mod options;
mod report;
mod sources;
mod transfer;
mod write;

pub use error::Error;
pub use format::dataset::DataSet;
pub use format::load::load;
pub use options::{BuiltIn, ImportOptions};
pub use report::progress::{OnProgress, Progress};
pub use report::{Note, Report, Tally};
pub use sources::*;
pub use transfer::{TransferError, export, holdings, import, prepare};
