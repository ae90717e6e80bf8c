//! The sources of facts.

use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::source;
use sea_orm::{EntityTrait, QueryOrder};

use crate::loader::{Db, Key, Loaded};

/// All sources, by key: a handful.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EverySource;

impl Key for EverySource {
    type Value = Vec<Arc<source::Model>>;

    async fn load(db: &Db, _: &[Self]) -> Loaded<Self> {
        let all = db.all(source::Entity::find().order_by_asc(source::Column::Key)).await?;
        Ok(HashMap::from([(EverySource, all)]))
    }
}
