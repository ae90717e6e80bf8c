//! `MedalCount`.

use async_graphql::{Context, Description, Object};

use crate::error::Result;
use crate::graph::medal_award::MedalFilter;
use crate::load::Load;
use crate::load::coverage::IsComplete;
use crate::load::medal::{Scope, TallyOf};
use crate::rules::ranking::Tally;

/// A number of medals by colour.
#[derive(Description)]
pub(crate) struct MedalCount {
    pub(crate) tally: Tally,
    pub(crate) scope: Scope,
    pub(crate) filter: MedalFilter,
}

#[Object(use_type_description)]
impl MedalCount {
    #[graphql(flatten)]
    async fn colours(&self) -> Colours {
        Colours(self.tally)
    }

    /// Whether no medal can be missing: everything that the count could draw on is loaded.
    async fn complete(&self, ctx: &Context<'_>) -> Result<bool> {
        ctx.loads().all(IsComplete { scope: self.scope, filter: self.filter.clone() }).await
    }
}

impl MedalCount {
    /// The medals of a nation or an athlete.
    pub(crate) async fn of(ctx: &Context<'_>, scope: Scope, filter: Option<MedalFilter>) -> Result<Self> {
        let filter = filter.unwrap_or_default();
        let tally = ctx.loads().all(TallyOf { scope, filter: filter.clone() }).await?;
        Ok(Self { tally, scope, filter })
    }
}

/// The fields of everything that has a number of medals.
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
