//! `Lineage`.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};
use podium_entity::{lineage, nation};

use crate::graph::node::{NodeType, global_id};

use crate::error::Result;
use crate::graph::list_size;
use crate::graph::nation::Nation;
use crate::load::nation::{EveryLineage, MembersOfLineage};
use crate::loader::LoaderContext;

/// A named way to count several nations as one, such as Germany with its teams of 1956 to 1988. Nations are merged only on request.
#[derive(Description, Clone)]
pub(crate) struct Lineage(pub(crate) Arc<lineage::Model>);

#[Object(use_type_description)]
impl Lineage {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Lineage, self.0.id)
    }

    /// The readable identifier for lookups: `german`.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name of the lineage.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The nation that a merged row shows.
    async fn display_nation(&self, ctx: &Context<'_>) -> Result<Nation> {
        Ok(Nation(ctx.loader().row::<nation::Entity>(self.0.display_nation_id).await?))
    }

    /// The nations counted as one, sorted by code.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<Nation>> {
        let members = ctx.loader().get_or_default(MembersOfLineage(self.0.id)).await?;
        let mut nations = ctx.loader().rows::<nation::Entity>(members.iter().map(|member| member.nation_id)).await?;
        nations.sort_by(|one, other| one.slug.cmp(&other.slug));
        Ok(nations.into_iter().map(Nation).collect())
    }
}

impl Lineage {
    /// All lineages, sorted by slug.
    pub(crate) async fn every(ctx: &Context<'_>) -> Result<Vec<Self>> {
        Ok(ctx.loader().get_or_default(EveryLineage).await?.into_iter().map(Self).collect())
    }
}
