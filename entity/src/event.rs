//! The lasting competition for a set of medals, across Games.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::mark::MarkKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(unique)]
    pub slug: String,
    pub family_id: Uuid,
    pub name: String,
    pub gender: EventGender,
    /// Weight or para class.
    pub class: Option<String>,
    pub participant_kind: ParticipantKind,
    pub mark_kind: MarkKind,
    pub better: Better,
    /// The last year on the programme, when a source states it; the editions alone may not show it.
    pub discontinued_after: Option<i32>,
    /// The year up to which all editions are loaded, even where the programme of a Games is not, when a source states it.
    pub known_until: Option<i32>,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<super::event_family::Entity>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Who may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventGender {
    Men,
    Women,
    Mixed,
    Open,
}

/// What is ranked: an athlete, a pair or a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ParticipantKind {
    Individual,
    Pair,
    Team,
}

/// Whether the lower or the higher mark wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Better {
    Lower,
    Higher,
}
