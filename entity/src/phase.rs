//! A round, heat or final of an edition, with its time.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phase")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub edition_id: Uuid,
    pub sequence: i32,
    pub kind: PhaseKind,
    pub name: String,
    pub starts_at: Option<DateTimeUtc>,
    pub local_date: Option<Date>,
    /// As `14:15`, in the time zone of the venue.
    pub local_time: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<super::event_edition::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The kind of phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PhaseKind {
    Round,
    Heat,
    Repechage,
    Quarter,
    Semi,
    Final,
    Classification,
}
