//! `PhaseResult`: a competitor's rank and mark in one phase of an edition.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::{entry, nation, phase, result, source};

use crate::error::{LoadError, Result};
use crate::graph::competitor::Competitor;
use crate::graph::entry::Entry;
use crate::graph::event_result::{Irm, ResultStatus, gap_to, rank_text};
use crate::graph::list_size;
use crate::graph::mark::{Mark, MarkDifference};
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::graph::phase::Phase;
use crate::graph::source::Source;
use crate::load::phase::BestOfPhase;
use crate::loader::LoaderContext;

/// The result of a competitor in one phase: a heat, a match, a final.
#[derive(Description)]
pub(crate) struct PhaseResult(pub(crate) Arc<result::Model>);

/// How a match ended for one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Outcome {
    /// Won the match of two.
    Win,
    /// Lost the match of two.
    Loss,
    /// Neither won nor lost.
    Tie,
}

#[Object(use_type_description)]
impl PhaseResult {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::PhaseResult, self.0.id)
    }

    /// The sources of this result.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(vec![Source(ctx.loader().row::<source::Entity>(self.0.source_id).await?)])
    }

    /// The phase.
    async fn phase(&self, ctx: &Context<'_>) -> Result<Phase> {
        let id = self.0.phase_id.ok_or(LoadError::Inconsistent("a result of a phase without the phase"))?;
        Ok(Phase(ctx.loader().row::<phase::Entity>(id).await?))
    }

    /// The athlete or the team.
    async fn competitor(&self, ctx: &Context<'_>) -> Result<Competitor> {
        Competitor::of(ctx, self.entry_row(ctx).await?).await
    }

    /// The nation that the competitor was entered for.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Nation> {
        let entry = self.entry_row(ctx).await?;
        Ok(Nation(ctx.loader().row::<nation::Entity>(entry.nation_id).await?))
    }

    /// The entry.
    async fn entry(&self, ctx: &Context<'_>) -> Result<Entry> {
        Ok(Entry(self.entry_row(ctx).await?))
    }

    /// The rank in the phase; null when it is unknown or there is none, as in a match.
    async fn rank(&self) -> Option<i32> {
        self.0.rank
    }

    /// Whether the rank is shared.
    async fn tied(&self) -> bool {
        self.0.rank_tied
    }

    /// The rank as printed: `1`, `=2` when shared, or the reason why there is none, such as `DNF`. Null when unknown.
    async fn rank_text(&self) -> Option<String> {
        rank_text(&self.0)
    }

    /// The mark; null when none was recorded or it is unknown. In a match, both scores, the competitor's own first.
    async fn mark(&self) -> Option<Mark> {
        Mark::of_result(&self.0)
    }

    /// The gap to the first in the phase. It begins with `+` when lower marks are better, and with `−` when higher marks are better. Null for
    /// the first, for competitors without a rank, and when a mark is missing.
    async fn gap(&self, ctx: &Context<'_>) -> Result<Option<MarkDifference>> {
        match self.0.phase_id {
            Some(phase) => gap_to(ctx, BestOfPhase(phase), &self.0).await,
            None => Ok(None),
        }
    }

    /// The invalid result mark: why there is no rank or no mark. Null for a regular result.
    async fn irm(&self) -> Option<Irm> {
        self.0.irm.map(Into::into)
    }

    /// How the match ended for the competitor; null unless the phase was a match of two.
    async fn outcome(&self) -> Option<Outcome> {
        outcome(&self.0)
    }

    /// Whether the competitor went straight on to the next round. Null where the phase led to none, or where the source does not say.
    async fn qualified(&self) -> Option<bool> {
        self.0.qualified
    }

    /// The lane or the start position, as printed; null when not recorded.
    async fn lane(&self) -> Option<&str> {
        self.0.lane.as_deref()
    }

    /// Whether the result is provisional, official, revised or annulled.
    async fn status(&self) -> ResultStatus {
        self.0.status.into()
    }
}

impl PhaseResult {
    async fn entry_row(&self, ctx: &Context<'_>) -> Result<Arc<entry::Model>> {
        ctx.loader().row::<entry::Entity>(self.0.entry_id).await
    }
}

/// How a match ended, by the source's code.
pub(crate) fn outcome(result: &result::Model) -> Option<Outcome> {
    match result.irm_code.as_deref() {
        Some("W") => Some(Outcome::Win),
        Some("L") => Some(Outcome::Loss),
        Some("T") => Some(Outcome::Tie),
        _ => None,
    }
}
