//! `MedalAward`: one medal of an edition, and the filter that medals are chosen by everywhere.

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::{entry, event, event_edition, games, medal_award, nation, source};

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::graph::competitor::Competitor;
use crate::graph::date::Date;
use crate::graph::event::Event;
use crate::graph::event_edition::EventEdition;
use crate::graph::games::Games;
use crate::graph::list_size;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::graph::source::Source;
use crate::load::medal::{AwardsReplacing, RecipientsOfAward};
use crate::loader::Load;

/// One medal of an edition going to one competitor, or to nobody, for a span of time.
#[derive(Description)]
pub(crate) struct MedalAward(pub(crate) medal_award::Model);

/// The colour of a medal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "medal_award::Medal")]
pub(crate) enum Medal {
    /// For the first place.
    Gold,
    /// For the second place.
    Silver,
    /// For the third place.
    Bronze,
}

/// How an award came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "medal_award::MedalAwardStatus")]
pub(crate) enum MedalAwardStatus {
    /// After the competition.
    Awarded,
    /// Later, when another lost the medal.
    Reallocated,
    /// It belongs to nobody.
    Vacant,
}

/// How an award ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "medal_award::MedalAwardEnd")]
pub(crate) enum MedalAwardEnd {
    /// Taken away.
    Stripped,
    /// Given back by its holder.
    Returned,
    /// The holder received a better one instead.
    Upgraded,
    /// It had been recorded wrongly.
    Corrected,
}

#[Object(use_type_description)]
impl MedalAward {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::MedalAward, self.0.id)
    }

    /// Where the award is recorded.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(vec![Source(ctx.loads().row::<source::Entity>(self.0.source_id).await?)])
    }

    /// The colour.
    async fn medal(&self) -> Medal {
        self.0.medal.into()
    }

    /// How the award came about.
    async fn status(&self) -> MedalAwardStatus {
        self.0.status.into()
    }

    /// The edition it was won in.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(self.edition_row(ctx).await?))
    }

    /// The event it was won in.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        let edition = self.edition_row(ctx).await?;
        Ok(Event(ctx.loads().row::<event::Entity>(edition.event_id).await?))
    }

    /// The Games it was won at.
    async fn games(&self, ctx: &Context<'_>) -> Result<Games> {
        let edition = self.edition_row(ctx).await?;
        Ok(Games(ctx.loads().row::<games::Entity>(edition.games_id).await?))
    }

    /// The nation it counts for; null when vacant.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.0.nation_id {
            Some(id) => Ok(Some(Nation(ctx.loads().row::<nation::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The athlete or the team; null when vacant.
    async fn competitor(&self, ctx: &Context<'_>) -> Result<Option<Competitor>> {
        match self.0.entry_id {
            Some(id) => Competitor::of(ctx, ctx.loads().row::<entry::Entity>(id).await?).await.map(Some),
            None => Ok(None),
        }
    }

    /// Who holds it: the athlete, or every member of the team who competed. Empty when vacant.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn athletes(&self, ctx: &Context<'_>) -> Result<Vec<Athlete>> {
        let recipients = ctx.loads().all(RecipientsOfAward(self.0.id)).await?;
        Athlete::rows(ctx, recipients.into_iter().map(|recipient| recipient.athlete_id)).await
    }

    /// The day from which it was held; null when from the ceremony on.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// The day from which it was no longer held; null while it is.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// How it ended; null while it is held.
    async fn ended_by(&self) -> Option<MedalAwardEnd> {
        self.0.ended_by.map(Into::into)
    }

    /// Why it changed hands, in words; null when it did not.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The award whose place it took; null when it was the first.
    async fn replaces(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        match self.0.replaces_id {
            Some(id) => Ok(Some(Self(ctx.loads().row::<medal_award::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The award that took its place; null when none did.
    async fn replaced_by(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        Ok(ctx.loads().all(AwardsReplacing(self.0.id)).await?.into_iter().next().map(Self))
    }
}

impl MedalAward {
    async fn edition_row(&self, ctx: &Context<'_>) -> Result<event_edition::Model> {
        ctx.loads().row::<event_edition::Entity>(self.0.edition_id).await
    }
}
