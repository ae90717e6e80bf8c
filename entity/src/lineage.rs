//! A named policy of counting several nations as one.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lineage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    pub name: String,
    pub display_nation_id: Uuid,
    #[sea_orm(belongs_to, from = "display_nation_id", to = "id")]
    pub display_nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
