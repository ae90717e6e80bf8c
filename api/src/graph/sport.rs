//! `Sport`.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};
use podium_entity::sport;

use crate::error::Result;
use crate::graph::discipline::Discipline;
use crate::graph::games::Games;
use crate::graph::list_size;
use crate::graph::medal_table::MedalTables;
use crate::graph::node::{NodeType, global_id};
use crate::graph::year_span::YearSpan;
use crate::load::event::{DisciplinesOfSport, EverySport};
use crate::load::games::{EveryGames, GamesOfSport, GamesWithMedalsIn};
use crate::loader::LoaderContext;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;
use crate::rules::event_history;

/// A sport as governed by an international federation, such as cycling.
#[derive(Description)]
pub(crate) struct Sport(pub(crate) Arc<sport::Model>);

#[Object(use_type_description)]
impl Sport {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Sport, self.0.id)
    }

    /// The readable identifier for lookups: `cycling`.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The disciplines of this sport, sorted by slug.
    #[graphql(directive = list_size::Bound::apply(3))]
    async fn disciplines(&self, ctx: &Context<'_>) -> Result<Vec<Discipline>> {
        Ok(ctx.loader().get_or_default(DisciplinesOfSport(self.0.id)).await?.into_iter().map(Discipline).collect())
    }

    /// The Games with an event of this sport, oldest first. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(60))]
    async fn games(&self, ctx: &Context<'_>) -> Result<Vec<Games>> {
        Ok(ctx.loader().get_or_default(GamesOfSport(self.0.id)).await?.into_iter().map(Games).collect())
    }

    /// The years in which an event of this sport was held for medals at official Games, as unbroken runs of Games, oldest first. Cancelled
    /// Games do not break a run, and Games whose programme is not loaded do.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn held_spans(&self, ctx: &Context<'_>) -> Result<Vec<YearSpan>> {
        let (held, all) =
            futures_util::try_join!(ctx.loader().get_or_default(GamesWithMedalsIn(self.0.id)), ctx.loader().get_or_default(EveryGames))?;
        let spans = event_history::spans_of_games(&held, &all).into_iter();
        Ok(spans.map(|(first_year, last_year)| YearSpan { first_year, last_year }).collect())
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::of(ScopeKind::Sport, self.0.id))
    }
}

impl Sport {
    /// The sport with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::Sport.check(&slug)?;
        Ok(ctx.loader().by_slug::<sport::Entity>(slug).await?.map(Self))
    }

    /// All sports, sorted by slug.
    pub(crate) async fn every(ctx: &Context<'_>) -> Result<Vec<Self>> {
        Ok(ctx.loader().get_or_default(EverySport).await?.into_iter().map(Self).collect())
    }
}
