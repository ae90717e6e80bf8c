//! A nation at one Games.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub games_id: Uuid,
    pub nation_id: Uuid,
    /// The nation's name at these Games, when it differs.
    pub name: Option<String>,
    pub ranks_in_medal_table: bool,
    pub men: Option<i32>,
    pub women: Option<i32>,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<super::games::Entity>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
