//! The parts of the benchmarks: copies of the history, child processes whose cost is measured, load, and tables.

#![expect(clippy::missing_errors_doc, reason = "a measurement that fails says so and ends the benchmark")]

pub mod baseline;
pub mod chaos;
pub mod child;
pub mod comparison;
pub mod copies;
pub mod documents;
pub mod load;
pub mod options;
pub mod peer;
pub mod postgres;
pub mod process;
pub mod questions;
pub mod server;
pub mod sqlite;
pub mod table;

/// The columns of the history.
pub const COLUMNS: [&str; 15] =
    ["ID", "Name", "Sex", "Age", "Height", "Weight", "Team", "NOC", "Games", "Year", "Season", "City", "Sport", "Event", "Medal"];

/// The statement that creates one bare table for the history, in any database.
fn bare_table() -> String {
    let columns = COLUMNS.map(|name| format!("\"{name}\" {}", if matches!(name, "ID" | "Year") { "integer" } else { "text" }));
    format!("CREATE TABLE bare ({})", columns.join(", "))
}

/// The statements that create the four indexes without which nobody would use that table.
fn bare_indexes() -> [String; 4] {
    [("id", r#""ID""#), ("event", r#""Games", "Event""#), ("nation", r#""NOC""#), ("name", r#""Name""#)]
        .map(|(name, columns)| format!("CREATE INDEX bare_{name} ON bare ({columns})"))
}
