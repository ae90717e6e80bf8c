//! What the benchmark of growth stands on: copies of the history, programs whose cost is measured, and tables.

#![expect(clippy::missing_errors_doc, reason = "a measurement that fails says so and ends the benchmark")]

pub mod child;
pub mod copies;
pub mod documents;
pub mod options;
pub mod postgres;
pub mod process;
pub mod server;
pub mod sqlite;
pub mod table;

/// The columns of the history.
pub const COLUMNS: [&str; 15] =
    ["ID", "Name", "Sex", "Age", "Height", "Weight", "Team", "NOC", "Games", "Year", "Season", "City", "Sport", "Event", "Medal"];

/// What makes one bare table of the history in any database, without its rows.
fn bare_table() -> String {
    let columns = COLUMNS.map(|name| format!("\"{name}\" {}", if matches!(name, "ID" | "Year") { "integer" } else { "text" }));
    format!("CREATE TABLE bare ({})", columns.join(", "))
}

/// What makes the four indexes without which nobody would keep it.
fn bare_indexes() -> [String; 4] {
    [("id", r#""ID""#), ("event", r#""Games", "Event""#), ("nation", r#""NOC""#), ("name", r#""Name""#)]
        .map(|(name, columns)| format!("CREATE INDEX bare_{name} ON bare ({columns})"))
}
