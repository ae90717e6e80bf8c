//! `RecordMark`: a record at the time it was set.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::{athlete, entry, event, event_edition, games, nation, record_mark, source};

use crate::graph::node::{NodeType, global_id};

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::graph::competitor::Competitor;
use crate::graph::date::Date;
use crate::graph::distance::Distance;
use crate::graph::entry::Entry;
use crate::graph::event::Event;
use crate::graph::event_edition::EventEdition;
use crate::graph::games::Games;
use crate::graph::list_size;
use crate::graph::mark::{Mark, MarkDifference};
use crate::graph::nation::Nation;
use crate::graph::source::Source;
use crate::load::record_mark::RecordsOfEvent;
use crate::loader::LoaderContext;
use crate::rules::difference::{Measured, improvement};
use crate::rules::records;

/// A mark that was the best in an event over one distance when it was set.
#[derive(Description)]
pub(crate) struct RecordMark(pub(crate) Arc<record_mark::Model>);

/// The kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "record_mark::RecordKind")]
pub(crate) enum RecordKind {
    /// An Olympic record: the best mark at the Olympic Games.
    Olympic,
    /// A world record: the best mark in the world.
    World,
}

/// Whether a record was ratified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "record_mark::Ratification")]
pub(crate) enum Ratification {
    /// Ratified: confirmed.
    Ratified,
    /// Pending: not confirmed yet.
    Pending,
    /// Rescinded: the record was struck off the lists.
    Rescinded,
}

#[Object(use_type_description)]
impl RecordMark {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::RecordMark, self.0.id)
    }

    /// The position in the record progression, counted from 1. A number is skipped when its record was later rescinded.
    async fn sequence(&self) -> i32 {
        self.0.sequence
    }

    /// The event.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        Ok(Event(ctx.loader().row::<event::Entity>(self.0.event_id).await?))
    }

    /// The kind of record.
    async fn kind(&self) -> RecordKind {
        self.0.kind.into()
    }

    /// The distance; null when the event has none. If the record was set in an edition, the label is that of the edition.
    async fn distance(&self, ctx: &Context<'_>) -> Result<Option<Distance>> {
        let edition = match self.0.edition_id.filter(|_| self.0.distance_mm.is_some()) {
            Some(id) => Some(ctx.loader().row::<event_edition::Entity>(id).await?),
            None => None,
        };
        let label = edition.filter(|edition| edition.distance_mm == self.0.distance_mm).and_then(|edition| edition.distance_label.clone());
        Ok(Distance::new(self.0.distance_mm, label.as_ref()))
    }

    /// The mark.
    async fn mark(&self) -> Mark {
        Mark::of_record(&self.0)
    }

    /// The athlete or the team; null when not recorded.
    async fn competitor(&self, ctx: &Context<'_>) -> Result<Option<Competitor>> {
        match (self.0.athlete_id, self.0.entry_id) {
            (Some(id), _) => Ok(Some(Competitor::Athlete(Athlete(ctx.loader().row::<athlete::Entity>(id).await?)))),
            (None, Some(id)) => Competitor::of(ctx, ctx.loader().row::<entry::Entity>(id).await?).await.map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The athlete, or the members of the team.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn athletes(&self, ctx: &Context<'_>) -> Result<Vec<Athlete>> {
        match (self.0.athlete_id, self.0.entry_id) {
            (Some(id), _) => Athlete::rows(ctx, std::iter::once(id)).await,
            (None, Some(id)) => Entry::members(ctx, id).await,
            (None, None) => Ok(Vec::new()),
        }
    }

    /// The athlete; null for a team.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Option<Athlete>> {
        match self.0.athlete_id {
            Some(id) => Ok(Some(Athlete(ctx.loader().row::<athlete::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The nation; null when not recorded.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.0.nation_id {
            Some(id) => Ok(Some(Nation(ctx.loader().row::<nation::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The Games at which the record was set; null for a world record set elsewhere.
    async fn games(&self, ctx: &Context<'_>) -> Result<Option<Games>> {
        match self.0.games_id {
            Some(id) => Ok(Some(Games(ctx.loader().row::<games::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The edition in which the record was set; null for a world record set elsewhere.
    async fn edition(&self, ctx: &Context<'_>) -> Result<Option<EventEdition>> {
        match self.0.edition_id {
            Some(id) => Ok(Some(EventEdition(ctx.loader().row::<event_edition::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The local date on which the record was set.
    async fn date(&self) -> Date {
        Date(self.0.set_on)
    }

    /// Whether the mark equalled the standing record without beating it.
    async fn equalled(&self) -> bool {
        self.0.equalled
    }

    /// Whether the record was ratified.
    async fn ratification(&self) -> Ratification {
        self.0.ratification.into()
    }

    /// The number of days until the record was beaten, 0 when on the same day; null while it stands.
    async fn days_stood(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        Ok(records::days_stood(&self.chain(ctx).await?, &self.0))
    }

    /// The improvement on the previous record, without a sign; null for the first record.
    async fn improvement(&self, ctx: &Context<'_>) -> Result<Option<MarkDifference>> {
        let (chain, event) = futures_util::try_join!(self.chain(ctx), ctx.loader().row::<event::Entity>(self.0.event_id))?;
        let former = records::former(&chain, &self.0);
        Ok(former.and_then(|former| improvement(measured(former), measured(&self.0), event.better)).and_then(MarkDifference::shown))
    }

    /// The sources of this record.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(vec![Source(ctx.loader().row::<source::Entity>(self.0.source_id).await?)])
    }
}

impl RecordMark {
    /// The progression that this record belongs to.
    async fn chain(&self, ctx: &Context<'_>) -> Result<Vec<Arc<record_mark::Model>>> {
        let mut marks = ctx.loader().get_or_default(RecordsOfEvent(self.0.event_id)).await?;
        marks.retain(|mark| mark.kind == self.0.kind && mark.distance_mm == self.0.distance_mm);
        Ok(records::chain(marks))
    }
}

fn measured(record: &record_mark::Model) -> Measured {
    Measured { kind: record.mark_kind, value: record.mark_value, decimals: record.mark_decimals.cast_unsigned() }
}
