//! How many took part in each Games, and their ages, heights and weights. It is derived from the other tables whenever they change, so that
//! all Games can be compared at once.

use sea_orm::entity::prelude::*;

use crate::games;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub games_id: Uuid,
    pub athletes: i32,
    pub women: i32,
    pub men: i32,
    pub entries: i32,
    pub nations: i32,
    /// The number of athletes of known age; the least, the greatest, the sum and the sum of squares of their ages on the opening day, in days.
    pub ages: i32,
    pub age_least: i64,
    pub age_most: i64,
    pub age_sum: i64,
    pub age_squares: i64,
    /// The same of heights, in centimetres.
    pub heights: i32,
    pub height_least: i64,
    pub height_most: i64,
    pub height_sum: i64,
    pub height_squares: i64,
    /// The same of weights, in tenths of a kilogram.
    pub weights: i32,
    pub weight_least: i64,
    pub weight_most: i64,
    pub weight_sum: i64,
    pub weight_squares: i64,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<games::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
