//! `Qualification`, its rules and quota places.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use podium_entity::{nation, qualification_rule, quota_place};
use uuid::Uuid;

use crate::error::Result;
use crate::graph::filter::slugs::named;
use crate::graph::list_size;
use crate::graph::nation::Nation;
use crate::load::event_edition::{QuotasOfEdition, RulesOfEdition};
use crate::loader::LoaderContext;
use crate::question::slug::SlugKind;

/// The qualification for an edition: how places were earned, and which nations had them.
#[derive(Description)]
pub(crate) struct Qualification {
    pub(crate) edition: Uuid,
}

#[Object(use_type_description)]
impl Qualification {
    /// The rules for earning places.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn rules(&self, ctx: &Context<'_>) -> Result<Vec<QualificationRule>> {
        Ok(ctx.loader().get_or_default(RulesOfEdition(self.edition)).await?.into_iter().map(Into::into).collect())
    }

    /// The quota places of each nation, sorted by code. Reallocated and unused places are included.
    #[graphql(directive = list_size::Bound::apply(100))]
    async fn quotas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only the places of this nation, by slug or code.")] nation: Option<String>,
    ) -> Result<Vec<QuotaPlace>> {
        let nation = match nation {
            Some(slug) => {
                SlugKind::Nation.check(&slug)?;
                Some(named(ctx, SlugKind::Nation, &slug).await?)
            }
            None => None,
        };
        let rows = ctx.loader().get_or_default(QuotasOfEdition(self.edition)).await?;
        let nations = ctx.loader().rows::<nation::Entity>(rows.iter().map(|row| row.nation_id)).await?;
        let mut places: Vec<_> = rows.into_iter().zip(nations).map(|(row, nation)| QuotaPlace { row, nation }).collect();
        places.retain(|place| nation.as_ref().is_none_or(|slug| place.nation.slug == *slug || place.nation.code == *slug));
        places.sort_by(|one, other| one.nation.slug.cmp(&other.nation.slug));
        Ok(places)
    }
}

/// A rule for earning places in an edition.
#[derive(SimpleObject)]
pub(crate) struct QualificationRule {
    /// The position among the rules, counted from 1.
    sequence: i32,
    /// The basis for awarding places, such as a ranking of nations.
    basis: String,
    /// How many from the top of the ranking earned places; null when there was no ranking.
    top_ranked: Option<i32>,
    /// The number of places that each nation earned; null when not fixed.
    places_per_nation: Option<i32>,
    /// The total number of places; null when not recorded.
    places: Option<i32>,
}

impl From<Arc<qualification_rule::Model>> for QualificationRule {
    fn from(row: Arc<qualification_rule::Model>) -> Self {
        Self {
            sequence: row.sequence,
            basis: row.basis.clone(),
            top_ranked: row.top_ranked,
            places_per_nation: row.places_per_nation,
            places: row.places,
        }
    }
}

/// The quota places of a nation in an edition.
#[derive(Description)]
pub(crate) struct QuotaPlace {
    row: Arc<quota_place::Model>,
    nation: Arc<nation::Model>,
}

/// How a nation obtained quota places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "quota_place::QuotaKind")]
pub(crate) enum QuotaKind {
    /// Earned by the nation.
    Base,
    /// Earned in addition by one of the nation's athletes.
    Extra,
    /// Reallocated from another nation.
    ReallocatedIn,
    /// Reallocated to another nation.
    ReallocatedOut,
    /// Earned, but not used.
    Unused,
}

#[Object(use_type_description)]
impl QuotaPlace {
    /// The nation.
    async fn nation(&self) -> Nation {
        Nation(self.nation.clone())
    }

    /// The number of places.
    async fn places(&self) -> i32 {
        self.row.places
    }

    /// How the nation obtained the places.
    async fn kind(&self) -> QuotaKind {
        self.row.kind.into()
    }

    /// The basis for awarding the places; null when not recorded.
    async fn basis(&self) -> Option<&str> {
        self.row.basis.as_deref()
    }

    /// The other nation in a reallocation; otherwise null.
    async fn counterpart(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.row.counterpart_id {
            Some(id) => Ok(Some(Nation(ctx.loader().row::<nation::Entity>(id).await?))),
            None => Ok(None),
        }
    }
}
