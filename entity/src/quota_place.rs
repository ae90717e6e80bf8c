//! Places that a nation had in an edition.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quota_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub edition_id: Uuid,
    pub nation_id: Uuid,
    pub places: i32,
    pub kind: QuotaKind,
    pub basis: Option<String>,
    pub counterpart_id: Option<Uuid>,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<super::event_edition::Entity>,
    #[sea_orm(belongs_to, relation_enum = "Nation", from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
    #[sea_orm(belongs_to, relation_enum = "Counterpart", from = "counterpart_id", to = "id")]
    pub counterpart: BelongsTo<Option<super::nation::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How the nation got the places, or lost them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuotaKind {
    Base,
    Extra,
    ReallocatedIn,
    ReallocatedOut,
    Unused,
}
