//! Writing rows that may be there already: new ones are inserted, other ones updated, equal ones left alone.

use std::collections::HashMap;
use std::fmt::Write;

use podium_entity::{key, source};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, QueryFilter, Statement,
};

use crate::report::Tally;

/// Rows per statement on `SQLite`, where it is the fastest.
const CHUNK: usize = 200;

/// Values per statement on `PostgreSQL`, below what it can bind.
const VALUES: usize = 60_000;

/// What a new row does that is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    Skip,
    Overwrite,
}

/// Writes the rows of one table, each changed only by a source of equal or higher precedence.
pub(crate) async fn upsert<E>(db: &impl ConnectionTrait, precedence: &Precedence, rows: Vec<E::Model>) -> Result<Tally, DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync,
{
    let mut tally = Tally::default();
    // As long as all rows are new, they need not be looked for.
    let mut are_new = true;
    for chunk in rows.chunks(chunk_size::<E>(db)) {
        let inserted = if are_new { insert::<E>(db, chunk, Conflict::Skip).await? } else { 0 };
        tally.inserted += inserted;
        if inserted == chunk.len() {
            continue;
        }
        let stored = stored::<E>(db, chunk).await?;
        let mut changed = Vec::new();
        // What was just inserted is found as it is.
        let mut found = 0;
        for row in chunk {
            match stored.get(&id::<E>(row)) {
                None => tally.inserted += 1,
                Some(old) if old == row => {
                    found += 1;
                    continue;
                }
                Some(old) if precedence.of::<E>(old) > precedence.of::<E>(row) => {
                    tally.kept += 1;
                    continue;
                }
                Some(_) => tally.updated += 1,
            }
            changed.push(row.clone());
        }
        tally.unchanged += found - inserted;
        are_new = stored.is_empty();
        insert::<E>(db, &changed, Conflict::Overwrite).await?;
    }
    Ok(tally)
}

/// Rows that fit one statement.
pub(crate) fn chunk_size<E: EntityTrait>(db: &impl ConnectionTrait) -> usize {
    match db.get_database_backend() {
        DbBackend::Postgres => VALUES / E::Column::iter().count(),
        _ => CHUNK,
    }
}

/// Inserts rows in one statement; tells how many it inserted or changed. Written out rather than built, which for the whole
/// history takes a good part of the time.
pub(crate) async fn insert<E: EntityTrait>(db: &impl ConnectionTrait, rows: &[E::Model], conflict: Conflict) -> Result<usize, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    let backend = db.get_database_backend();
    let values: Vec<sea_orm::Value> = rows.iter().flat_map(|row| E::Column::iter().map(|column| row.get(column))).collect();
    let sql = insert_sql::<E>(backend, rows.len(), conflict);
    let done = db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}

/// The same text for as many rows of a table, so that the database has to read it once.
fn insert_sql<E: EntityTrait>(backend: DbBackend, rows: usize, conflict: Conflict) -> String {
    let quoted = |column: E::Column| format!("\"{}\"", column.as_str());
    let columns: Vec<String> = E::Column::iter().map(quoted).collect();
    let mut sql = format!("INSERT INTO \"{}\" ({}) VALUES ", E::default().as_str(), columns.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for place in 0..columns.len() {
            let comma = if place == 0 { "" } else { ", " };
            let told = match backend {
                DbBackend::Postgres => write!(sql, "{comma}${}", row * columns.len() + place + 1),
                _ => write!(sql, "{comma}?"),
            };
            told.expect("a text takes more text");
        }
        sql.push(')');
    }
    let key = quoted(key::column::<E>());
    let overwrite: Vec<String> =
        columns.iter().filter(|column| **column != key).map(|column| format!("{column} = excluded.{column}")).collect();
    match conflict {
        Conflict::Skip => write!(sql, " ON CONFLICT ({key}) DO NOTHING"),
        Conflict::Overwrite => write!(sql, " ON CONFLICT ({key}) DO UPDATE SET {}", overwrite.join(", ")),
    }
    .expect("a text takes more text");
    sql
}

async fn stored<E>(db: &impl ConnectionTrait, rows: &[E::Model]) -> Result<HashMap<Uuid, E::Model>, DbErr>
where
    E: EntityTrait,
    E::Model: Sync,
{
    let found = E::find().filter(key::column::<E>().is_in(rows.iter().map(id::<E>))).all(db).await?;
    Ok(found.into_iter().map(|row| (id::<E>(&row), row)).collect())
}

/// The id of a row.
pub(crate) fn id<E: EntityTrait>(row: &E::Model) -> Uuid {
    row.get(key::column::<E>()).unwrap()
}

/// How much each source is trusted.
#[derive(Debug)]
pub(crate) struct Precedence(HashMap<Uuid, i32>);

impl Precedence {
    /// Reads the stored sources.
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let sources = source::Entity::find().all(db).await?;
        Ok(Self(sources.into_iter().map(|source| (source.id, source.precedence)).collect()))
    }

    /// The precedence of a source, the lowest for one that is unknown.
    pub(crate) fn of_source(&self, source: Uuid) -> i32 {
        self.0.get(&source).copied().unwrap_or_default()
    }

    /// The precedence of a row's source; tables without one are free to change.
    fn of<E: EntityTrait>(&self, row: &E::Model) -> i32 {
        let column = E::Column::iter().find(|column| column.as_str() == "source_id");
        column.map_or(0, |column| self.of_source(row.get(column).unwrap()))
    }
}
