//! The data version: every commit that changes data raises it in its own transaction, so equal versions mean equal responses.

use podium_entity::{data_version, key};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IntoActiveModel, Set};

use crate::sessions::Session;
use crate::watch::CHANNEL;

/// The version of the data; 0 before anything was loaded.
///
/// # Errors
/// When the database does not answer.
pub async fn read(session: &Session) -> Result<i64, DbErr> {
    Ok(session.all(data_version::Entity::find()).await?.first().map_or(0, |row| row.version))
}

/// Raises the version within the transaction that changes the data.
///
/// # Errors
/// When the database does not answer.
pub async fn raise(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if let Some(stored) = stored(transaction).await? {
        let version = Set(stored.version + 1);
        data_version::ActiveModel { version, ..stored.into_active_model() }.update(transaction).await?;
    } else {
        let id = Set(key::id("data_version", "current"));
        data_version::ActiveModel { id, version: Set(1) }.insert(transaction).await?;
    }
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

async fn stored(db: &impl ConnectionTrait) -> Result<Option<data_version::Model>, DbErr> {
    data_version::Entity::find().one(db).await
}
