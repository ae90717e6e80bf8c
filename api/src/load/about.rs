//! What the store says of itself.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::{data_version, source};
use sea_orm::{DbErr, EntityTrait, QueryOrder};

use crate::load::Db;

/// The number that every change of the data raises.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DataVersion;

impl Loader<DataVersion> for Db {
    type Value = i64;
    type Error = DbErr;

    async fn load(&self, _: &[DataVersion]) -> Result<HashMap<DataVersion, i64>, DbErr> {
        let stored = data_version::Entity::find().one(&self.0).await?;
        Ok(stored.into_iter().map(|row| (DataVersion, row.version)).collect())
    }
}

/// All sources, by key: a handful.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EverySource;

impl Loader<EverySource> for Db {
    type Value = Vec<source::Model>;
    type Error = DbErr;

    async fn load(&self, _: &[EverySource]) -> Result<HashMap<EverySource, Self::Value>, DbErr> {
        let all = source::Entity::find().order_by_asc(source::Column::Key).all(&self.0).await?;
        Ok(HashMap::from([(EverySource, all)]))
    }
}
