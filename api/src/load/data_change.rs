//! The last change of the data.

use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::data_version;
use sea_orm::EntityTrait;

use crate::loader::{Db, Key, Loaded};

/// The one row of its table; none while nothing was ever imported.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LastChange;

impl Key for LastChange {
    type Value = Arc<data_version::Model>;

    async fn load(db: &Db, _: &[Self]) -> Loaded<Self> {
        let last = db.all(data_version::Entity::find()).await?.pop();
        Ok(last.map(|row| (LastChange, row)).into_iter().collect::<HashMap<_, _>>())
    }
}
