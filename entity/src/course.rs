//! The course of an edition.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub edition_id: Uuid,
    pub distance_mm: Option<i32>,
    pub distance_label: Option<String>,
    pub laps: Option<i32>,
    pub start_format: Option<StartFormat>,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<super::event_edition::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How the competitors set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StartFormat {
    Mass,
    Staggered,
    Wave,
    Heat,
}
