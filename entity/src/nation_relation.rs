//! What became of a nation.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "nation_relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub from_id: Uuid,
    pub to_id: Uuid,
    pub kind: NationRelationKind,
    /// The first year in which the relation holds.
    pub year: Option<i32>,
    #[sea_orm(belongs_to, relation_enum = "From", from = "from_id", to = "id")]
    pub from_nation: BelongsTo<super::nation::Entity>,
    #[sea_orm(belongs_to, relation_enum = "To", from = "to_id", to = "id")]
    pub to_nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How one nation follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NationRelationKind {
    SucceededBy,
    MergedInto,
    SplitInto,
    UnitedIn,
    RenamedTo,
}
