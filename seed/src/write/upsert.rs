//! Upserts: inserts new rows, updates changed rows, and leaves equal rows alone.

use std::collections::HashMap;

use podium_entity::key;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter};

use crate::report::Tally;
use crate::write::insert::{Conflict, chunk_size, insert};
use crate::write::precedence::Precedence;

/// Upserts the rows of one table. A row is updated only by a source of equal or higher precedence.
pub(crate) async fn upsert<E>(db: &impl ConnectionTrait, precedence: &Precedence, rows: Vec<E::Model>) -> Result<Tally, DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync,
{
    let mut tally = Tally::default();
    // Rows are inserted without a lookup until the first one that is already stored.
    let mut are_new = true;
    for chunk in rows.chunks(chunk_size(db)) {
        let inserted = if are_new { insert::<E>(db, chunk, Conflict::Skip).await? } else { 0 };
        tally.inserted += inserted;
        if inserted == chunk.len() {
            continue;
        }
        let stored = stored::<E>(db, chunk).await?;
        let mut changed = Vec::new();
        // Rows equal to the stored ones, including those just inserted.
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
    row.get(key::column::<E>()).expect("the key of a row is an id")
}
