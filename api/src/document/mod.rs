//! The pipeline from a received document to an executable operation. Each step is a type that only the previous step can create:
//! [`Received`] → [`Measured`] (safe to validate) → `Valid` (one field for each response key) → [`Priced`] (may be executed).

mod arguments;
mod conflicts;
mod measure;
mod merge;
mod price;
mod scan;
mod schema_index;
mod size;
mod typename;
mod validate;
mod variables;
mod weight;

pub(crate) use measure::{Measured, Received};
pub(crate) use price::Priced;
pub(crate) use schema_index::SchemaIndex;
