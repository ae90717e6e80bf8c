//! `EventFamily`.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};
use podium_entity::{discipline, event_family};

use crate::error::Result;
use crate::graph::discipline::Discipline;
use crate::graph::event::Event;
use crate::graph::list_size;
use crate::graph::medal_table::MedalTables;
use crate::graph::narrative::Narrative;
use crate::graph::node::{NodeType, global_id};
use crate::load::event::EventsOfFamily;
use crate::load::narrative::NarrativesOfFamily;
use crate::loader::LoaderContext;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;

/// A competition regardless of gender and class, such as the track time trial. An encyclopedia often covers it on one page.
#[derive(Description)]
pub(crate) struct EventFamily(pub(crate) Arc<event_family::Model>);

#[Object(use_type_description)]
impl EventFamily {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::EventFamily, self.0.id)
    }

    /// The readable identifier for lookups: `cycling-track/time-trial`.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The discipline that the family belongs to.
    async fn discipline(&self, ctx: &Context<'_>) -> Result<Discipline> {
        Ok(Discipline(ctx.loader().row::<discipline::Entity>(self.0.discipline_id).await?))
    }

    /// Narrative texts about this family.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn narratives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only this section, such as `history`.")] section: Option<String>,
    ) -> Result<Vec<Narrative>> {
        Ok(Narrative::of_section(ctx.loader().get_or_default(NarrativesOfFamily(self.0.id)).await?, section.as_ref()))
    }

    /// The events of this family, one for each gender or class, sorted by slug.
    #[graphql(directive = list_size::Bound::apply(4))]
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<Event>> {
        Ok(ctx.loader().get_or_default(EventsOfFamily(self.0.id)).await?.into_iter().map(Event).collect())
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::of(ScopeKind::Family, self.0.id))
    }
}

impl EventFamily {
    /// The family with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::EventFamily.check(&slug)?;
        Ok(ctx.loader().by_slug::<event_family::Entity>(slug).await?.map(Self))
    }
}
