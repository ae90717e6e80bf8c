//! An athlete who holds a medal: the competitor, or each member of the team.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medal_recipient")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub award_id: Uuid,
    pub athlete_id: Uuid,
    #[sea_orm(belongs_to, from = "award_id", to = "id")]
    pub award: BelongsTo<super::medal_award::Entity>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<super::athlete::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
