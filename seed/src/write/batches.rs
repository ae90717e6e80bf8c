//! Reads tables that may be large: some columns of all rows in batches, or the rows that reference given ids.

use std::collections::HashSet;

use podium_entity::key;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TryGetableMany};

/// Rows in memory at once.
const BATCH: u64 = 5_000;

/// Ids per statement.
const IDS: usize = 1_000;

/// Passes these columns of every row to `visit`, batch by batch. `visit` returns the id of the row, after which the next batch begins.
pub(crate) async fn for_each_row<E, T>(
    db: &impl ConnectionTrait,
    columns: impl IntoIterator<Item = E::Column>,
    mut visit: impl FnMut(T) -> Uuid,
) -> Result<(), DbErr>
where
    E: EntityTrait,
    T: TryGetableMany + Send,
{
    let id = key::column::<E>();
    let rows = E::find().select_only().columns(columns).order_by_asc(id).limit(BATCH);
    let mut last: Option<Uuid> = None;
    loop {
        let rest = Condition::all().add_option(last.map(|last| id.gt(last)));
        last = rows.clone().filter(rest).into_tuple::<T>().all(db).await?.into_iter().map(&mut visit).last();
        if last.is_none() {
            return Ok(());
        }
    }
}

/// The rows whose `column` holds one of these ids.
pub(crate) async fn rows_with_ids<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    ids: HashSet<Uuid>,
) -> Result<Vec<E::Model>, DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut rows = Vec::new();
    for ids in ids.chunks(IDS) {
        rows.extend(E::find().filter(column.is_in(ids.iter().copied())).all(db).await?);
    }
    Ok(rows)
}
