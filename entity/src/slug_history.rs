//! A former slug of a row. Lookups by slug still resolve it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "slug_history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The table of the subject.
    pub kind: String,
    pub old_slug: String,
    pub subject_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
