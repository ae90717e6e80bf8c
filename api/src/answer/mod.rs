//! Request execution: the engine resolves a document in rounds of batched loads, against one version of the data.

mod engine;
mod response;
pub mod schema;

pub use engine::Engine;
pub use response::Answer;
