//! The data version: every commit that changes data raises it in its own transaction, so equal versions mean equal responses.

use chrono::Utc;
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

/// Raises the version within the transaction that changes the data. Until `credit` names the source, it is Podium's own format.
///
/// # Errors
/// When the database does not answer.
#[expect(clippy::disallowed_methods, reason = "this is when it was imported")]
pub async fn raise(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let (imported_at, source) = (Set(Utc::now()), Set("podium".to_owned()));
    if let Some(stored) = stored(transaction).await? {
        let version = Set(stored.version + 1);
        data_version::ActiveModel { version, imported_at, source, ..stored.into_active_model() }.update(transaction).await?;
    } else {
        let id = Set(key::id("data_version", "current"));
        data_version::ActiveModel { id, version: Set(1), imported_at, source }.insert(transaction).await?;
    }
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

/// Names the source of the change that raised the version, within the same transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn set_source(transaction: &DatabaseTransaction, source: &str) -> Result<(), DbErr> {
    if let Some(stored) = stored(transaction).await? {
        data_version::ActiveModel { source: Set(source.to_owned()), ..stored.into_active_model() }.update(transaction).await?;
    }
    Ok(())
}

async fn stored(db: &impl ConnectionTrait) -> Result<Option<data_version::Model>, DbErr> {
    data_version::Entity::find().one(db).await
}
