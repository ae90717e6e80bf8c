//! Everything that something can be found by, in one text. Derived from the other tables whenever they change.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_term")]
pub struct Model {
    /// What the index over the names knows the row by.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub kind: SearchKind,
    /// The row of the table that `kind` names.
    pub subject_id: Uuid,
    /// Medals that it holds or was won in, counted as when nothing else is said: lists are ordered by them.
    pub weight: i32,
    /// Its names without case, accents and punctuation, each a line between two line breaks, with a blank before and behind
    /// every word.
    pub names: String,
    /// For each line of `names` how that name is printed.
    pub printed: String,
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
