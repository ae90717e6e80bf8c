//! The team that a National Olympic Committee sent under one code in one span of years.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "nation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    /// The code, or `ROC@1912` where a code was reused.
    #[sea_orm(unique)]
    pub slug: String,
    pub code: String,
    pub valid_from: Option<i32>,
    pub valid_to: Option<i32>,
    pub name: String,
    /// `name`, folded; lists by name are ordered by it.
    pub name_fold: String,
    pub official_name: Option<String>,
    pub kind: NationKind,
    pub iso2: Option<String>,
    pub iso3: Option<String>,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What kind of team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NationKind {
    Country,
    Territory,
    Historic,
    JointTeam,
    Neutral,
    Refugee,
    Mixed,
    Unknown,
}
