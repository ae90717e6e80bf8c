//! Suggestions for an unknown name.

use std::collections::HashMap;

use podium_entity::{discipline, event, event_family, games, lineage, nation, sport};
use sea_orm::prelude::*;
use sea_orm::sea_query::Query;

use super::sql::alias;
use crate::loader::{Db, Key, Loaded, on_heap};
use crate::question::slug::SlugKind;

/// All slugs of a kind, except those of athletes and editions, which are too many. Those of nations come with other codes of theirs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SlugsOf(pub(crate) SlugKind);

/// A slug, and another code of the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SlugCandidate {
    pub(crate) slug: String,
    pub(crate) other_code: Option<String>,
}

on_heap!(SlugCandidate { slug, other_code });

impl Key for SlugsOf {
    type Value = Vec<SlugCandidate>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut loaded = HashMap::new();
        for key in keys {
            let (slug, table) = match key.0 {
                SlugKind::Games => (games::Column::Slug.into_expr(), games::Entity.table_ref()),
                SlugKind::Nation => (nation::Column::Slug.into_expr(), nation::Entity.table_ref()),
                SlugKind::Sport => (sport::Column::Slug.into_expr(), sport::Entity.table_ref()),
                SlugKind::Discipline => (discipline::Column::Slug.into_expr(), discipline::Entity.table_ref()),
                SlugKind::EventFamily => (event_family::Column::Slug.into_expr(), event_family::Entity.table_ref()),
                SlugKind::Event => (event::Column::Slug.into_expr(), event::Entity.table_ref()),
                SlugKind::Lineage => (lineage::Column::Slug.into_expr(), lineage::Entity.table_ref()),
                SlugKind::Athlete | SlugKind::EventEdition => continue,
            };
            let mut select = Query::select().expr_as(slug.clone(), alias("slug")).from(table).take();
            if key.0 == SlugKind::Nation {
                select.expr_as(nation::Column::Iso3.into_expr(), alias("other_code"));
            } else {
                select.expr_as(Expr::value(None::<String>), alias("other_code"));
            }
            let rows = db.rows(select.order_by_expr(slug, sea_orm::Order::Asc)).await?;
            let named = rows.iter().map(|row| Ok(SlugCandidate { slug: row.get("slug")?, other_code: row.get("other_code")? }));
            loaded.insert(*key, named.collect::<Result<_, DbErr>>()?);
        }
        Ok(loaded)
    }
}
