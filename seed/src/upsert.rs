//! Writing rows that may be there already: new ones are inserted, other ones updated, equal ones left alone.

use std::collections::HashMap;

use podium_entity::{key, source};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, QueryFilter, Value};

use crate::report::Tally;

/// Rows per statement: below the bind limits of both databases, and the fastest on `SQLite`.
const CHUNK: usize = 200;

/// Writes the rows of one table, each changed only by a source of equal or higher precedence.
pub(crate) async fn upsert<E>(db: &impl ConnectionTrait, precedence: &Precedence, rows: Vec<E::Model>) -> Result<Tally, DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync,
{
    let mut tally = Tally::default();
    for chunk in rows.chunks(CHUNK) {
        let stored = stored::<E>(db, chunk).await?;
        let mut changed = Vec::new();
        for row in chunk {
            match stored.get(&id::<E>(row).to_string()) {
                None => tally.inserted += 1,
                Some(old) if old == row => {
                    tally.unchanged += 1;
                    continue;
                }
                Some(old) if precedence.of::<E>(old) > precedence.of::<E>(row) => {
                    tally.kept += 1;
                    continue;
                }
                Some(_) => tally.updated += 1,
            }
            changed.push(row.clone().into_active_model());
        }
        if !changed.is_empty() {
            let overwrite = OnConflict::column(key::column::<E>()).update_columns(E::Column::iter()).to_owned();
            E::insert_many(changed).on_conflict(overwrite).exec_without_returning(db).await?;
        }
    }
    Ok(tally)
}

async fn stored<E>(db: &impl ConnectionTrait, rows: &[E::Model]) -> Result<HashMap<String, E::Model>, DbErr>
where
    E: EntityTrait,
    E::Model: Sync,
{
    let found = E::find().filter(key::column::<E>().is_in(rows.iter().map(id::<E>))).all(db).await?;
    Ok(found.into_iter().map(|row| (id::<E>(&row).to_string(), row)).collect())
}

/// The id of a row.
pub(crate) fn id<E: EntityTrait>(row: &E::Model) -> Value {
    row.get(key::column::<E>())
}

/// How much each source is trusted.
#[derive(Debug)]
pub(crate) struct Precedence(HashMap<String, i32>);

impl Precedence {
    /// Reads the stored sources.
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let sources = source::Entity::find().all(db).await?;
        Ok(Self(sources.into_iter().map(|source| (Value::from(source.id).to_string(), source.precedence)).collect()))
    }

    /// The precedence of a row's source; tables without one are free to change.
    fn of<E: EntityTrait>(&self, row: &E::Model) -> i32 {
        let column = E::Column::iter().find(|column| column.as_str() == "source_id");
        column.and_then(|column| self.0.get(&row.get(column).to_string()).copied()).unwrap_or_default()
    }
}
