//! How a request is answered: the engine executes its document in rounds of loads, at one moment of the data.

mod engine;
pub(crate) mod moment;
mod response;
pub(crate) mod rounds;
pub mod schema;

pub use engine::Engine;
pub use response::Answer;
