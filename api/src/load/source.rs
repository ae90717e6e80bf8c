//! The sources of facts.

use std::collections::HashMap;

use podium_entity::source;
use sea_orm::{EntityTrait, QueryOrder};

use crate::loader::{Db, Key, Loaded};

/// All sources, by key: a handful.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EverySource;

impl Key for EverySource {
    type Value = Vec<source::Model>;

    async fn load(db: &Db, _: &[Self]) -> Loaded<Self> {
        let all = source::Entity::find().order_by_asc(source::Column::Key).all(&db.0).await?;
        Ok(HashMap::from([(EverySource, all)]))
    }
}
