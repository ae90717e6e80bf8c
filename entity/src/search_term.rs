//! A search term: all names that one thing can be found by, in one text. It is derived from the other tables whenever they change.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_term")]
pub struct Model {
    /// The key by which the full-text index refers to the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub kind: SearchKind,
    /// The row of the table that `kind` names.
    pub subject_id: Uuid,
    /// The number of medals that the subject holds, or that were won in it, counted by the default rules. Lists are ordered by it.
    pub weight: i32,
    /// The names, folded. Each name is a line between two line breaks, and every word has a blank before and after it.
    pub names: String,
    /// The printed form of each line of `names`.
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
