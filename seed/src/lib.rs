//! Where rows come from: data sets in the `podium` format (`seed/data/README.md`), the built-in one among them.
//!
//! A load is one transaction and idempotent. Tables are read in the order of their foreign keys, so that a reference
//! can be checked, and reported with its line, before the database sees it.

mod context;
mod dataset;
mod error;
mod export;
mod load;
mod names;
mod report;
mod rows;
mod upsert;

pub use dataset::DataSet;
pub use error::Error;
pub use export::export;
pub use load::{load, load_within};
pub use report::{Report, Tally};
