//! One celebration of the Games, held or not.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "games")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    #[sea_orm(unique)]
    pub slug: String,
    /// The label: 2020 for the Games opened in July 2021.
    pub year: i32,
    pub season: Season,
    pub kind: GamesKind,
    pub name: String,
    pub olympiad_number: Option<i32>,
    pub edition_number: Option<i32>,
    pub opened_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub status: GamesStatus,
    pub recognition: Recognition,
    pub competitors_published: Option<i32>,
    pub nations_published: Option<i32>,
    /// How much of these Games is loaded.
    pub coverage: Coverage,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Summer, winter, or the Athens Games of 1906 in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Season {
    Summer,
    Winter,
    Intercalated,
}

/// Olympic, Youth Olympic or Paralympic Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GamesKind {
    Olympic,
    Youth,
    Paralympic,
}

/// Whether the Games took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GamesStatus {
    Scheduled,
    Held,
    Cancelled,
    Postponed,
}

/// Whether the IOC recognises these Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Recognition {
    Official,
    Unofficial,
}

/// How much is loaded, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Coverage {
    FullResults,
    Participants,
    Medals,
    Partial,
    None,
}
