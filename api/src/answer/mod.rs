//! Request execution: the engine resolves a document in rounds of batched loads, against one version of the data.

mod engine;
pub(crate) mod moment;
mod response;
pub(crate) mod rounds;
pub mod schema;

pub use engine::Engine;
pub use response::Answer;
