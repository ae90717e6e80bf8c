//! What the store says of itself.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::{data_version, source};
use sea_orm::{DatabaseConnection, DbErr, EntityTrait, QueryOrder};

use crate::load::Db;

/// The number that every change of the data raises.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DataVersion;

impl Loader<DataVersion> for Db {
    type Value = i64;
    type Error = DbErr;

    async fn load(&self, _: &[DataVersion]) -> Result<HashMap<DataVersion, i64>, DbErr> {
        Ok(data_version(&self.0).await?.into_iter().map(|version| (DataVersion, version)).collect())
    }
}

/// The data version of a store; none before anything was loaded.
pub(crate) async fn data_version(db: &DatabaseConnection) -> Result<Option<i64>, DbErr> {
    Ok(data_version::Entity::find().one(db).await?.map(|row| row.version))
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
