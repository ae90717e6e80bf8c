//! Writing rows that may be there already: new ones are inserted, other ones updated, equal ones left alone.

use std::collections::HashMap;

use podium_entity::{key, source};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, QueryFilter};

use crate::insert::{Conflict, chunk_size, insert};
use crate::report::Tally;

/// Writes the rows of one table, each changed only by a source of equal or higher precedence.
pub(crate) async fn upsert<E>(db: &impl ConnectionTrait, precedence: &Precedence, rows: Vec<E::Model>) -> Result<Tally, DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync,
{
    let mut tally = Tally::default();
    // As long as all rows are new, they need not be looked for.
    let mut are_new = true;
    for chunk in rows.chunks(chunk_size(db)) {
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
