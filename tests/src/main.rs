//! What Podium promises: documents with their answers, facts of the record books, failures. One program, so that what the tests share
//! is compiled, and a database prepared, once.

mod architecture;
mod support;

mod data;
mod documents;
mod entities;
mod export;
mod facts;
mod failures;
mod first_import;
mod front_door;
mod fuzz;
mod growth;
mod history;
mod limits;
mod migrations;
mod mistakes;
mod moment;
mod paging;
mod paris_2024;
mod readme;
mod schema;
mod time_limit;
mod variables;
mod writing;
