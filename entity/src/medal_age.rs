//! The ages of a medal's winners. They are derived from the other tables whenever they change, so that medals can be ordered by them.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medal_age")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub award_id: Uuid,
    /// The age of the youngest recipient on the day it was won, in days. Where only the year of birth is known, they count as born in its
    /// middle.
    pub youngest: i32,
    /// The age of the oldest recipient.
    pub oldest: i32,
    #[sea_orm(belongs_to, from = "award_id", to = "id")]
    pub award: BelongsTo<super::medal_award::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
