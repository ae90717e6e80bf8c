//! `EventResult`: a competitor's rank, mark and status in an edition.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::result::{self, Irm as StoredIrm};
use podium_entity::{entry, event, event_edition, nation, source};
use sea_orm::ActiveEnum;

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::graph::competitor::Competitor;
use crate::graph::entry::Entry;
use crate::graph::event_edition::EventEdition;
use crate::graph::list_size;
use crate::graph::mark::{Mark, MarkDifference, measured};
use crate::graph::medal_award::Medal;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::graph::source::Source;
use crate::load::event_edition::MarkedResult;
use crate::load::medal_award::AwardsOfEntry;
use crate::loader::{Key, LoaderContext};
use crate::rules::awards::is_held_on;
use crate::rules::difference::gap;
use crate::rules::ranking::Rank;

/// The overall result of a competitor in an edition. Ranks are official; they are never derived from marks or medals.
#[derive(Description)]
pub(crate) struct EventResult(pub(crate) Arc<result::Model>);

/// The invalid result mark (IRM): why there is no rank or no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "StoredIrm")]
pub(crate) enum Irm {
    /// Did not start.
    Dns,
    /// Did not finish.
    Dnf,
    /// Disqualified.
    Dsq,
    /// Disqualified for behaviour.
    Dqb,
    /// Lapped.
    Lap,
    /// Overlapped, on a track.
    Ovl,
    /// Over the time limit, on a road.
    Otl,
    /// Relegated.
    Rel,
    /// Eliminated.
    El,
    /// Excluded.
    Exc,
    /// Retired.
    Ret,
    /// Withdrawn.
    Wd,
    /// Lost by walkover.
    Wo,
    /// No mark.
    Nm,
    /// No result.
    Nr,
    /// No valid result.
    Nv,
    /// Injured.
    Inj,
    /// Also competed: took part, but the rank is unknown.
    Ac,
    /// Time not known.
    Tnk,
    /// Some other reason.
    Unknown,
}

/// Whether a result is provisional, official, revised or annulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "result::ResultStatus")]
pub(crate) enum ResultStatus {
    /// Provisional: not confirmed yet.
    Provisional,
    /// Official: confirmed.
    Official,
    /// Revised: changed after it was confirmed.
    Revised,
    /// Annulled: no longer valid.
    Annulled,
}

#[Object(use_type_description)]
impl EventResult {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::EventResult, self.0.id)
    }

    /// The sources of this result.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(vec![Source(ctx.loader().row::<source::Entity>(self.0.source_id).await?)])
    }

    /// The rank; null when it is unknown or there is none.
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

    /// The mark; null when none was recorded or it is unknown.
    async fn mark(&self) -> Option<Mark> {
        Mark::of_result(&self.0)
    }

    /// The gap to the winner. It begins with `+` when lower marks are better, and with `−` when higher marks are better. Null for
    /// winners, for competitors without a rank or with an `irm`, such as lapped ones, and when a mark is missing.
    async fn gap(&self, ctx: &Context<'_>) -> Result<Option<MarkDifference>> {
        gap_to(ctx, MarkedResult::winning(self.0.edition_id), &self.0).await
    }

    /// The invalid result mark: why there is no rank or no mark. Null for a regular result.
    async fn irm(&self) -> Option<Irm> {
        self.0.irm.map(Into::into)
    }

    /// The medal that the competitor holds today; null when none.
    async fn medal(&self, ctx: &Context<'_>) -> Result<Option<Medal>> {
        let awards = ctx.loader().get_or_default(AwardsOfEntry(self.0.entry_id)).await?;
        Ok(awards.iter().find(|award| is_held_on(award, ctx.today())).map(|award| award.medal.into()))
    }

    /// Whether the result is provisional, official, revised or annulled.
    async fn status(&self) -> ResultStatus {
        self.0.status.into()
    }

    /// The athlete or the team.
    async fn competitor(&self, ctx: &Context<'_>) -> Result<Competitor> {
        Competitor::of(ctx, self.entry_row(ctx).await?).await
    }

    /// The athlete; null for a team.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Option<Athlete>> {
        match self.entry_row(ctx).await?.athlete_id {
            Some(id) => Ok(Some(Athlete(ctx.loader().row::<podium_entity::athlete::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The athlete, or the members of the team.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn athletes(&self, ctx: &Context<'_>) -> Result<Vec<Athlete>> {
        Entry::members(ctx, self.0.entry_id).await
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

    /// The edition.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(ctx.loader().row::<event_edition::Entity>(self.0.edition_id).await?))
    }
}

impl EventResult {
    async fn entry_row(&self, ctx: &Context<'_>) -> Result<Arc<entry::Model>> {
        ctx.loader().row::<entry::Entity>(self.0.entry_id).await
    }
}

/// A rank as printed, or the reason why there is none.
pub(crate) fn rank_text(result: &result::Model) -> Option<String> {
    let place = result.rank.map(|rank| Rank { rank, tied: result.rank_tied }.text());
    place.or_else(|| result.irm.map(|irm| irm.to_value()))
}

/// The gap of a ranked result to the best one of its list.
pub(crate) async fn gap_to(
    ctx: &Context<'_>,
    best: impl Key<Value = Arc<result::Model>>,
    result: &result::Model,
) -> Result<Option<MarkDifference>> {
    let is_behind = result.irm.is_none() && result.rank.is_some_and(|rank| rank > 1);
    let Some(mark) = measured(result).filter(|_| is_behind) else { return Ok(None) };
    let best = ctx.loader().get(best).await?;
    let Some(best) = best.as_deref().and_then(measured) else { return Ok(None) };
    let edition = ctx.loader().row::<event_edition::Entity>(result.edition_id).await?;
    let event = ctx.loader().row::<event::Entity>(edition.event_id).await?;
    Ok(gap(best, mark, event.better).and_then(MarkDifference::shown))
}
