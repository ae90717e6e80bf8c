//! A single row with the data version, a number that every committed change increments, and with the last change.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub imported_at: DateTimeUtc,
    /// What was imported: the name of the command, or `built-in`.
    pub source: String,
}

impl ActiveModelBehavior for ActiveModel {}
