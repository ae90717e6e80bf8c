//! A city that hosted a Games, or a part of one.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "games_host")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub games_id: Uuid,
    pub city_id: Uuid,
    pub nation_id: Option<Uuid>,
    pub role: HostRole,
    pub sequence: i32,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<super::games::Entity>,
    #[sea_orm(belongs_to, from = "city_id", to = "id")]
    pub city: BelongsTo<super::city::Entity>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<Option<super::nation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The city's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HostRole {
    Main,
    CoHost,
    EventHost,
}
