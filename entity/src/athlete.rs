//! A person who took part, or was expected to.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "athlete")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub key: String,
    #[sea_orm(unique)]
    pub slug: String,
    /// As usually printed.
    pub name: String,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub name_order: NameOrder,
    pub sort_name: String,
    /// `sort_name`, folded; lists are ordered by it.
    pub sort_fold: String,
    pub gender: Gender,
    /// A partial date; see `partial_date`.
    pub born: Option<String>,
    pub died: Option<String>,
    pub birth_place: Option<String>,
    pub height_cm: Option<i32>,
    pub weight_kg: Option<f64>,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Which name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NameOrder {
    GivenFirst,
    FamilyFirst,
    Mononym,
}

/// The gender that a person competed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Gender {
    Male,
    Female,
    Unknown,
}
