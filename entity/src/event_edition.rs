//! An event held once, at one Games.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::games::Coverage;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub event_id: Uuid,
    pub games_id: Uuid,
    /// Distinguishes two editions of an event at the same Games; empty when there is only one.
    pub variant: String,
    pub title: Option<String>,
    pub venue_id: Option<Uuid>,
    pub city_id: Option<Uuid>,
    pub distance_mm: Option<i32>,
    pub distance_label: Option<String>,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub format: Option<String>,
    pub status: EditionStatus,
    pub coverage: Coverage,
    pub competitors_published: Option<i32>,
    pub nations_published: Option<i32>,
    pub entry_list_published_on: Option<Date>,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<super::event::Entity>,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<super::games::Entity>,
    #[sea_orm(belongs_to, from = "venue_id", to = "id")]
    pub venue: BelongsTo<Option<super::venue::Entity>>,
    #[sea_orm(belongs_to, from = "city_id", to = "id")]
    pub city: BelongsTo<Option<super::city::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The status of the edition, which decides where its medals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EditionStatus {
    Medal,
    Demonstration,
    Unofficial,
    Art,
    Exhibition,
}
