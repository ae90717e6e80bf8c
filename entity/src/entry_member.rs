//! An athlete of an entry. An individual entry has one too, so that one query finds every participation.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub entry_id: Uuid,
    /// The edition of the entry.
    pub edition_id: Uuid,
    pub athlete_id: Uuid,
    /// The athlete's own nation. It can differ from the team's in a team of several nations.
    pub nation_id: Uuid,
    pub role: MemberRole,
    pub competed: bool,
    pub position: Option<i32>,
    #[sea_orm(belongs_to, from = "entry_id", to = "id")]
    pub entry: BelongsTo<super::entry::Entity>,
    #[sea_orm(belongs_to, from = "athlete_id", to = "id")]
    pub athlete: BelongsTo<super::athlete::Entity>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The athlete's part in the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberRole {
    Member,
    Reserve,
    HeatsOnly,
    Coxswain,
    Guide,
    Horse,
}
