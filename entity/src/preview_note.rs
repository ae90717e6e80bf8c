//! A note about an athlete before an edition.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "preview_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub edition_id: Uuid,
    pub sequence: i32,
    pub role: PreviewRole,
    pub athlete_id: Option<Uuid>,
    pub body: String,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<super::event_edition::Entity>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<Option<super::athlete::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The role that was expected of the athlete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PreviewRole {
    DefendingChampion,
    WorldChampion,
    Favourite,
    Contender,
    Absentee,
}
