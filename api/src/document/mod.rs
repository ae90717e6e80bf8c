//! The pipeline from a received document to an executable operation. Each step is a type that only the previous step can create:
//! [`Parsed`] (small enough to read) → [`Measured`] (safe to validate) → `Valid` (one field for each response key) → [`Priced`] (may be
//! executed).

mod arguments;
mod conflicts;
mod document_cache;
mod measure;
mod merge;
mod persisted;
mod price;
mod scan;
mod schema_index;
mod size;
mod typename;
mod validate;
mod variables;
mod weight;

pub(crate) use document_cache::DocumentCache;
pub(crate) use measure::{Measured, Parsed};
pub(crate) use persisted::{OtherHash, PersistedDocuments};
pub(crate) use price::{Cost, Priced};
pub(crate) use schema_index::SchemaIndex;
pub(crate) use weight::of_variables;
