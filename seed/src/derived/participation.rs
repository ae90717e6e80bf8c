//! How many took part in each Games. The rows are few, so they are compared in memory.

use std::collections::HashMap;

use podium_entity::participation::{Column, Entity, Model};
use podium_entity::sql::participation::count_participants;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter};

use crate::write::insert::{Conflict, insert};

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let counted = Model::find_by_statement(backend.build(&count_participants(backend, |_| ()))).all(db).await?;
    let mut stored: HashMap<Uuid, Model> = Entity::find().all(db).await?.into_iter().map(|row| (row.games_id, row)).collect();
    let changed: Vec<Model> = counted.into_iter().filter(|row| stored.remove(&row.games_id).as_ref() != Some(row)).collect();
    insert::<Entity>(db, &changed, Conflict::Overwrite).await?;
    Entity::delete_many().filter(Column::GamesId.is_in(stored.into_keys())).exec(db).await.map(drop)
}
