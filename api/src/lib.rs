//! The server: a GraphQL schema over the store, and the HTTP door in front of it.
//!
//! A request passes `http` → `document` (limits) → `schema` → `query` → `graph` (what is shown) → `load` (batched SQL) → the entities.

pub mod config;
pub mod http;
pub mod limits;
pub mod log;
pub mod progress;
pub mod schema;
pub mod store;

mod clocks;
mod connect;
mod cursor;
mod document;
mod error;
mod federation;
mod graph;
mod load;
mod page;
mod query;
mod rounds;
mod rules;
mod slug;
mod store_error;
