//! One name that something can be found by, folded. Derived from the other tables whenever they change.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_term")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: SearchKind,
    /// The row of the table that `kind` names.
    pub subject_id: Uuid,
    /// As it is printed.
    pub name: String,
    /// Without case, accents and punctuation.
    pub folded: String,
    /// Medals, so that the better known of two equals comes first.
    pub weight: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a search can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SearchKind {
    Athlete,
    Nation,
    Games,
    Event,
    EventFamily,
    Discipline,
    Sport,
}
