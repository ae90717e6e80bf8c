//! `Entry`: a competitor registered in an edition for a nation.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::{entry, event_edition, nation};
use uuid::Uuid;

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::graph::competitor::Competitor;
use crate::graph::event_edition::EventEdition;
use crate::graph::event_result::EventResult;
use crate::graph::list_size;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::load::athlete::MembersOfEntry;
use crate::load::result::ResultOfEntry;
use crate::loader::LoaderContext;

/// A competitor registered in an event edition for a nation. An entry exists whether or not a result is known.
#[derive(Description)]
pub(crate) struct Entry(pub(crate) Arc<entry::Model>);

/// Whether a competitor started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entry::EntryStatus")]
pub(crate) enum EntryStatus {
    /// Registered; whether the competitor started is not recorded.
    Entered,
    /// Started.
    Started,
    /// Did not start.
    NonStarter,
    /// Withdrawn from the entry list before the start.
    Withdrawn,
}

#[Object(use_type_description)]
impl Entry {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Entry, self.0.id)
    }

    /// The event edition that the competitor was entered in.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(ctx.loader().row::<event_edition::Entity>(self.0.edition_id).await?))
    }

    /// The nation that the competitor was entered for.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Nation> {
        Ok(Nation(ctx.loader().row::<nation::Entity>(self.0.nation_id).await?))
    }

    /// The athlete or the team.
    async fn competitor(&self, ctx: &Context<'_>) -> Result<Competitor> {
        Competitor::of(ctx, self.0.clone()).await
    }

    /// The athlete, or the members of the team.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn athletes(&self, ctx: &Context<'_>) -> Result<Vec<Athlete>> {
        Self::members(ctx, self.0.id).await
    }

    /// Whether the competitor started.
    async fn status(&self) -> EntryStatus {
        self.0.status.into()
    }

    /// The bib number as printed; null when there was none or it is not recorded.
    async fn bib(&self) -> Option<&str> {
        self.0.bib.as_deref()
    }

    /// The overall result; null when unknown or annulled.
    async fn result(&self, ctx: &Context<'_>) -> Result<Option<EventResult>> {
        Ok(ctx.loader().get(ResultOfEntry(self.0.id)).await?.map(EventResult))
    }
}

impl Entry {
    /// The athletes of an entry.
    pub(crate) async fn members(ctx: &Context<'_>, entry: Uuid) -> Result<Vec<Athlete>> {
        let members = ctx.loader().get_or_default(MembersOfEntry(entry)).await?;
        let athletes = Athlete::rows(ctx, members.iter().map(|member| member.athlete_id)).await?;
        let position =
            |athlete: &Athlete| members.iter().find(|member| member.athlete_id == athlete.0.id).and_then(|member| member.position);
        let mut athletes: Vec<_> = athletes.into_iter().map(|athlete| (position(&athlete), athlete)).collect();
        athletes.sort_by_key(|(position, _)| *position);
        Ok(athletes.into_iter().map(|(_, athlete)| athlete).collect())
    }
}
