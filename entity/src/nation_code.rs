//! An alternative code of a nation, which differs from `nation.code`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "nation_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nation_id: Uuid,
    pub scheme: String,
    pub code: String,
    pub valid_from: Option<i32>,
    pub valid_to: Option<i32>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
