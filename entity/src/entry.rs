//! A competitor registered in an edition for a nation: one athlete, or a team by name.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub edition_id: Uuid,
    pub nation_id: Uuid,
    pub athlete_id: Option<Uuid>,
    pub team_name: Option<String>,
    pub bib: Option<String>,
    pub status: EntryStatus,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<super::event_edition::Entity>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<Option<super::athlete::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whether the competitor started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntryStatus {
    Entered,
    Started,
    NonStarter,
    Withdrawn,
}
