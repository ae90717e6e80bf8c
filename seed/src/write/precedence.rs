//! How much each source is trusted: a row is changed only by a source of equal or higher precedence.

use std::collections::HashMap;

use podium_entity::source;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait};

/// The precedence of each stored source.
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

    /// The precedence of a row's source; the lowest for tables without a source, whose rows any source may change.
    pub(crate) fn of<E: EntityTrait>(&self, row: &E::Model) -> i32 {
        let column = E::Column::iter().find(|column| column.as_str() == "source_id");
        column.map_or(0, |column| self.of_source(row.get(column).expect("the source of a row is an id")))
    }
}
