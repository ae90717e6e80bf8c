//! `MedalCount`.

use async_graphql::{Context, Description, Object};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::error::Result;
use crate::graph::filter::by_criteria;
use crate::graph::filter::medals::MedalFilter;
use crate::load::coverage::IsComplete;
use crate::load::medal_tally::{NationTallies, TallyOf};
use crate::loader::LoaderContext;
use crate::question::medals::MedalCriteria;
use crate::question::scope::{Scope, ScopeKind};
use crate::rules::ranking::Tally;

/// The number of medals by colour.
#[derive(Description)]
pub(crate) struct MedalCount {
    pub(crate) tally: Tally,
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

#[Object(use_type_description)]
impl MedalCount {
    #[graphql(flatten)]
    async fn colours(&self) -> Colours {
        Colours(self.tally)
    }

    /// Whether the count is certain to be complete: all data that it could draw on is loaded.
    async fn complete(&self, ctx: &Context<'_>) -> Result<bool> {
        ctx.loader().get_or_default(IsComplete { scope: self.scope, criteria: self.criteria.clone() }).await
    }
}

impl MedalCount {
    /// The medals of a nation or an athlete.
    pub(crate) fn of<'a>(ctx: &'a Context<'_>, scope: Scope, filter: Option<MedalFilter>) -> BoxFuture<'a, Result<Self>> {
        by_criteria(ctx, filter, move |criteria: MedalCriteria| async move {
            let tally = ctx.loader().get_or_default(TallyOf { scope, criteria: criteria.clone() }).await?;
            Ok(Self { tally, scope, criteria })
        })
    }

    /// The medals of a nation at one Games. One statement counts those of all nations there.
    pub(crate) fn of_delegation<'a>(
        ctx: &'a Context<'_>,
        games: Uuid,
        nation: Uuid,
        filter: Option<MedalFilter>,
    ) -> BoxFuture<'a, Result<Self>> {
        by_criteria(ctx, filter, move |criteria: MedalCriteria| async move {
            let scope = Scope::of(ScopeKind::Games, games);
            let tallies = ctx.loader().get_or_default(NationTallies { scope, criteria: criteria.clone() }).await?;
            let tally = tallies.into_iter().find(|tally| tally.nation_id == nation).map(|tally| tally.tally);
            Ok(Self { tally: tally.unwrap_or_default(), scope, criteria })
        })
    }
}

/// The counts by colour, shared by all types with medal counts.
pub(crate) struct Colours(pub(crate) Tally);

#[Object]
impl Colours {
    /// Gold medals.
    async fn gold(&self) -> i32 {
        self.0.gold
    }

    /// Silver medals.
    async fn silver(&self) -> i32 {
        self.0.silver
    }

    /// Bronze medals.
    async fn bronze(&self) -> i32 {
        self.0.bronze
    }

    /// All medals.
    async fn total(&self) -> i32 {
        self.0.total()
    }
}
