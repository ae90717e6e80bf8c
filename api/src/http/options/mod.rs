//! The options of the server that concern HTTP. Each is a flag and an environment variable.

mod access;
mod traffic;

pub use access::Access;
pub use traffic::Traffic;
