//! A competitor's rank, mark and status, over the whole edition or in one of its phases.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::mark::MarkKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "result")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub edition_id: Uuid,
    pub entry_id: Uuid,
    pub phase_id: Option<Uuid>,
    pub rank: Option<i32>,
    pub rank_tied: bool,
    /// The position in the result list: ranked competitors first, then unranked ones grouped by reason.
    pub sort_order: i32,
    pub mark_kind: MarkKind,
    /// In the base unit of the kind; null when the mark is not a number or unknown.
    pub mark_value: Option<i64>,
    pub mark_decimals: Option<i32>,
    pub mark_text: Option<String>,
    pub irm: Option<Irm>,
    /// The source's own code.
    pub irm_code: Option<String>,
    /// Whether the competitor went on to the next round, in a phase that leads to one; null when not printed.
    pub qualified: Option<bool>,
    /// The lane, or the place in the order of starting, as printed.
    pub lane: Option<String>,
    pub timing: Timing,
    pub status: ResultStatus,
    pub source_id: Uuid,
    #[sea_orm(belongs_to, from = "edition_id", to = "id")]
    pub edition: BelongsTo<super::event_edition::Entity>,
    #[sea_orm(belongs_to, from = "entry_id", to = "id")]
    pub entry: BelongsTo<super::entry::Entity>,
    #[sea_orm(belongs_to, from = "phase_id", to = "id")]
    pub phase: BelongsTo<Option<super::phase::Entity>>,
    #[sea_orm(belongs_to, from = "source_id", to = "id")]
    pub source: BelongsTo<super::source::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why there is no rank or no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Irm {
    Dns,
    Dnf,
    Dsq,
    Dqb,
    Lap,
    Ovl,
    Otl,
    Rel,
    El,
    Exc,
    Ret,
    Wd,
    Wo,
    Nm,
    Nr,
    Nv,
    Inj,
    Ac,
    Tnk,
    Unknown,
}

/// How a time was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Timing {
    Hand,
    Electronic,
    Unknown,
}

/// How final a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ResultStatus {
    Provisional,
    Official,
    Revised,
    Annulled,
}
