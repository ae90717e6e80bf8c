//! A branch of a sport with a programme of its own.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discipline")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(unique)]
    pub slug: String,
    pub sport_id: Uuid,
    pub name: String,
    #[sea_orm(belongs_to, from = "sport_id", to = "id")]
    pub sport: BelongsTo<super::sport::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
