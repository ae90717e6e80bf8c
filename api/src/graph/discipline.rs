//! `Discipline`.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};
use podium_entity::{discipline, sport};

use crate::error::Result;
use crate::graph::event::Events;
use crate::graph::event_family::EventFamily;
use crate::graph::list_size;
use crate::graph::medal_table::MedalTables;
use crate::graph::node::{NodeType, global_id};
use crate::graph::sport::Sport;
use crate::load::event::FamiliesOfDiscipline;
use crate::loader::LoaderContext;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;

/// A branch of a sport with its own programme of events, such as track cycling.
#[derive(Description)]
pub(crate) struct Discipline(pub(crate) Arc<discipline::Model>);

#[Object(use_type_description)]
impl Discipline {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Discipline, self.0.id)
    }

    /// The readable identifier for lookups: `cycling-track`.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The sport that the discipline belongs to.
    async fn sport(&self, ctx: &Context<'_>) -> Result<Sport> {
        Ok(Sport(ctx.loader().row::<sport::Entity>(self.0.sport_id).await?))
    }

    /// The event families in this discipline, sorted by slug.
    #[graphql(directive = list_size::Bound::apply(25))]
    async fn families(&self, ctx: &Context<'_>) -> Result<Vec<EventFamily>> {
        Ok(ctx.loader().get_or_default(FamiliesOfDiscipline(self.0.id)).await?.into_iter().map(EventFamily).collect())
    }

    #[graphql(flatten)]
    async fn events(&self) -> Events {
        Events { discipline: Some(self.0.id) }
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::of(ScopeKind::Discipline, self.0.id))
    }
}

impl Discipline {
    /// The discipline with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::Discipline.check(&slug)?;
        Ok(ctx.loader().by_slug::<discipline::Entity>(slug).await?.map(Self))
    }
}
