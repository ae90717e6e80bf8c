//! Another form of an athlete's name.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::key;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "athlete_name")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub athlete_id: Uuid,
    pub name: String,
    pub kind: AthleteNameKind,
    pub language: Option<String>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<super::athlete::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A name of an athlete, without a language.
    #[must_use]
    pub fn new(athlete_id: Uuid, kind: AthleteNameKind, name: &str) -> Self {
        let id = key::derived("athlete_name", &[&athlete_id, &format!("{kind:?}"), &name]);
        Self { id, athlete_id, name: name.to_owned(), kind, language: None }
    }
}

/// What kind of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AthleteNameKind {
    Used,
    Full,
    Birth,
    Married,
    OriginalScript,
    Nickname,
    AsPrinted,
}
