//! A record: the best mark in an event over one distance at the time it was set.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::mark::MarkKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_mark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub distance_mm: Option<i32>,
    pub kind: RecordKind,
    pub sequence: i32,
    pub mark_kind: MarkKind,
    pub mark_value: i64,
    pub mark_decimals: i32,
    pub mark_text: String,
    pub athlete_id: Option<Uuid>,
    pub entry_id: Option<Uuid>,
    pub nation_id: Option<Uuid>,
    pub games_id: Option<Uuid>,
    pub edition_id: Option<Uuid>,
    pub set_on: Date,
    pub phase: Option<String>,
    /// Whether the mark equalled the standing record without beating it.
    pub equalled: bool,
    pub ratification: Ratification,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<super::event::Entity>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<Option<super::athlete::Entity>>,
    #[sea_orm(belongs_to, from = "entry_id", to = "id")]
    pub entry: BelongsTo<Option<super::entry::Entity>>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<Option<super::nation::Entity>>,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<Option<super::games::Entity>>,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<Option<super::event_edition::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Olympic or world record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RecordKind {
    Olympic,
    World,
}

/// Whether the record was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ratification {
    Ratified,
    Pending,
    Rescinded,
}
