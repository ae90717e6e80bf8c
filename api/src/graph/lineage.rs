//! `Lineage`.

use async_graphql::{Context, Description, Object};
use futures_util::future::try_join_all;
use podium_entity::{lineage, nation};

use crate::error::Result;
use crate::graph::list_size;
use crate::graph::nation::Nation;
use crate::load::nation::{EveryLineage, MembersOfLineage};
use crate::loader::Load;

/// A named way to count several nations as one, such as Germany with its teams of 1956 to 1988. Used only when asked for.
#[derive(Description, Clone)]
pub(crate) struct Lineage(pub(crate) lineage::Model);

#[Object(use_type_description)]
impl Lineage {
    /// The name in addresses: `german`.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name of the whole.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The nation that a merged row is shown as.
    async fn display_nation(&self, ctx: &Context<'_>) -> Result<Nation> {
        Ok(Nation(ctx.loads().row::<nation::Entity>(self.0.display_nation_id).await?))
    }

    /// The nations counted as one, by code.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<Nation>> {
        let members = ctx.loads().all(MembersOfLineage(self.0.id)).await?;
        let mut nations = try_join_all(members.into_iter().map(|member| ctx.loads().row::<nation::Entity>(member.nation_id))).await?;
        nations.sort_by(|one, other| one.slug.cmp(&other.slug));
        Ok(nations.into_iter().map(Nation).collect())
    }
}

impl Lineage {
    /// All lineages, by slug.
    pub(crate) async fn every(ctx: &Context<'_>) -> Result<Vec<Self>> {
        Ok(ctx.loads().all(EveryLineage).await?.into_iter().map(Self).collect())
    }
}
