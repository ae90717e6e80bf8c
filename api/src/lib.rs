//! The server: a GraphQL schema over the store, and the HTTP routes that serve it.
//!
//! A request passes `http` → `document` (measured, validated, priced) → `answer` (executed at one moment) → `query` → `graph` (what is
//! shown) → `question` (filters, validated) → `load` and `page` (batched SQL) → the entities.

pub mod answer;
pub mod cache_sizes;
pub mod http;
pub mod limits;

mod bounded_cache;
mod document;
mod error;
mod federation;
mod graph;
mod load;
mod loader;
mod page;
mod query;
mod question;
mod rules;
mod subscription;
