//! A gender-neutral competition: the track time trial.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_family")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(unique)]
    pub slug: String,
    pub discipline_id: Uuid,
    pub name: String,
    #[sea_orm(belongs_to, from = "discipline_id", to = "id")]
    pub discipline: BelongsTo<super::discipline::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
