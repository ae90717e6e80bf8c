//! The server: a GraphQL schema over the store, and the HTTP door in front of it.
//!
//! A request passes `http` → `schema` → `query` → `graph` (what is shown) → `load` (batched SQL) → the entities.

pub mod config;
pub mod http;
pub mod schema;
pub mod store;

mod cursor;
mod error;
mod graph;
mod load;
mod page;
mod query;
mod rounds;
mod rules;
mod slug;
