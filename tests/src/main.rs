//! Integration tests: documents with their responses, facts from the record books, failures. One binary, so that shared code is compiled
//! once and each database is prepared once.

mod architecture;
mod caching;
mod support;

mod budget;
mod consistency;
mod data;
mod derivation;
mod documents;
mod downloads;
mod entities;
mod errors;
mod every_medal;
mod export;
mod facts;
mod first_import;
mod fuzz;
mod fuzz_inputs;
mod generated_client;
mod history;
mod http;
mod invalid_arguments;
mod limits;
mod lost_database;
mod migrations;
mod overload;
mod paging;
mod paris_2024;
mod persisted_documents;
mod pooler;
mod readme;
mod schema;
mod spellings;
mod statement_counts;
mod subscriptions;
mod time_limit;
mod variables;
mod write_access;
