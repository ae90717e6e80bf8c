//! A nation that belongs to a lineage.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lineage_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub lineage_id: Uuid,
    pub nation_id: Uuid,
    #[sea_orm(belongs_to, from = "lineage_id", to = "id")]
    pub lineage: BelongsTo<super::lineage::Entity>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
