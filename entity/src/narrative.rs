//! A passage in our own words about exactly one subject.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "narrative")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    pub games_id: Option<Uuid>,
    pub family_id: Option<Uuid>,
    pub event_id: Option<Uuid>,
    pub edition_id: Option<Uuid>,
    pub section: String,
    pub sequence: i32,
    pub language: String,
    pub body: String,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<Option<super::games::Entity>>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::event_family::Entity>>,
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<Option<super::event::Entity>>,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<Option<super::event_edition::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
