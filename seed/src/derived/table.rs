//! A table whose rows are counted from others.

use sea_orm::{ConnectionTrait, DbErr};

/// A derived table.
pub(super) struct DerivedTable<'a> {
    pub(super) name: &'a str,
    pub(super) key: &'a str,
    /// The columns besides the key.
    pub(super) columns: &'a [&'a str],
}

impl DerivedTable<'_> {
    /// Writes the rows of a query that differ from the stored ones, and deletes those whose key `keys` no longer selects.
    pub(super) async fn replace(&self, db: &impl ConnectionTrait, rows: &str, keys: &str) -> Result<(), DbErr> {
        let Self { name, key, columns } = self;
        let each =
            |form: &dyn Fn(&str) -> String, between: &str| columns.iter().map(|column| form(column)).collect::<Vec<_>>().join(between);
        let (selected, named) = (each(&|column| format!("counted.{column}"), ", "), each(&|column| (*column).to_owned(), ", "));
        let differs = each(&|column| format!("stored.{column} <> counted.{column}"), " OR ");
        let replaced = each(&|column| format!("{column} = excluded.{column}"), ", ");
        db.execute_unprepared(&format!(
            "INSERT INTO {name} ({key}, {named}) SELECT counted.{key}, {selected} FROM ({rows}) AS counted \
             LEFT JOIN {name} AS stored ON stored.{key} = counted.{key} \
             WHERE stored.{key} IS NULL OR {differs} ON CONFLICT ({key}) DO UPDATE SET {replaced}"
        ))
        .await?;
        // `NOT IN` would compare each row with each on PostgreSQL, once they are many.
        let gone = format!("SELECT {key} FROM {name} EXCEPT {keys}");
        db.execute_unprepared(&format!("DELETE FROM {name} WHERE {key} IN ({gone})")).await.map(drop)
    }
}
