//! A place of competition: a building, a course or a whole region.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "venue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    pub name: String,
    pub city_id: Option<Uuid>,
    pub country: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// IANA name.
    pub time_zone: Option<String>,
    #[sea_orm(belongs_to, from = "city_id", to = "id")]
    pub city: BelongsTo<Option<super::city::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
