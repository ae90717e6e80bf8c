//! Bulk writes: new rows are inserted, changed rows are updated, and rows of a source with higher precedence are kept.

pub(crate) mod batches;
pub(crate) mod coverage;
pub(crate) mod deferred_indexes;
pub(crate) mod insert;
pub(crate) mod merge_athlete;
pub(crate) mod precedence;
pub(crate) mod preceding_rows;
pub(crate) mod slugs;
pub(crate) mod upsert;
pub(crate) mod writer;
