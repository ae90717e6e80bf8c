//! The medals of a nation at a Games, counted by the default rules: the medals that are held today, of medal events. It is derived from the other
//! tables whenever they change, so that medal tables of many Games are read and not counted.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medal_tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub games_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub nation_id: Uuid,
    pub gold: i32,
    pub silver: i32,
    pub bronze: i32,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<super::games::Entity>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
