//! Request execution: the engine resolves a document in rounds of batched loads, against one version of the data.

mod answer_cache;
mod engine;
mod finished;
mod prepared;
mod request;
mod response;
pub mod schema;

pub use engine::Engine;
pub(crate) use finished::{AnswerBody, Finished};
pub(crate) use request::GraphqlRequest;
pub use response::Answer;

pub(crate) use crate::document::OtherHash;
