//! The id of one of our rows in another data set. Exactly one subject is set.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_id")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub games_id: Option<Uuid>,
    pub nation_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub athlete_id: Option<Uuid>,
    /// The data set, such as `athlete-events`.
    pub scheme: String,
    pub value: String,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<Option<super::games::Entity>>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<Option<super::nation::Entity>>,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<Option<super::event::Entity>>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<Option<super::athlete::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
