//! Where rows come from: data sets in the `podium` format (`seed/data/README.md`), the built-in one among them.
//!
//! A load is one transaction and idempotent. Tables are read in the order of their foreign keys, so that a reference
//! can be checked, and reported with its line, before the database sees it.

mod athlete_events;
mod batches;
mod bulk;
mod catalogue;
mod context;
mod dataset;
mod error;
mod export;
mod input;
mod insert;
mod joined;
mod listing;
mod load;
mod names;
mod nations;
mod notes;
mod paris_2024;
mod programme;
mod progress;
mod rejects;
mod report;
mod rows;
mod settled;
mod slugs;
mod text;
mod upsert;
mod writer;

pub use athlete_events::{AthleteEvents, import as import_athlete_events};

pub use dataset::DataSet;
pub use error::Error;
pub use export::export;
pub use load::{load, load_within};
pub use names::refresh_where_missing;
pub use paris_2024::{Paris2024, import as import_paris_2024};
pub use progress::{Progress, Told};
pub use rejects::RejectsTo;
pub use report::{Note, Report, Tally};
