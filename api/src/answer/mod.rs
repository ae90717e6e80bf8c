//! Request execution: the engine resolves a document in rounds of batched loads, against one version of the data.

mod answer_cache;
mod caches;
mod coding;
mod engine;
mod error_path;
mod finished;
mod prepared;
mod request;
mod response;
pub mod schema;
mod slugs;
mod subscribe;

pub(crate) use coding::Coding;
pub use engine::Engine;
pub(crate) use finished::{AnswerBody, Finished, FinishedBody};
pub(crate) use prepared::Operation;
pub(crate) use request::GraphqlRequest;
pub use response::GraphqlResponse;
pub(crate) use subscribe::Subscription;

pub(crate) use crate::document::{Cost, OtherHash, of_variables};
