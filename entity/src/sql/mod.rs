//! SQL that the importers and the server share.

pub mod birthday;
pub mod participation;
