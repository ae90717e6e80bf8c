//! `MedalAward`: one medal of an edition.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::{entry, event, event_edition, games, medal_award, nation, source};

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::competitor::Competitor;
use crate::graph::date::Date;
use crate::graph::event::Event;
use crate::graph::event_edition::EventEdition;
use crate::graph::filter::by_criteria;
use crate::graph::filter::medals::MedalFilter;
use crate::graph::games::Games;
use crate::graph::list_size;
use crate::graph::medal_recipient::MedalRecipient;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::graph::source::Source;
use crate::load::first_award::AwardsAtFirstGames;
use crate::load::medal_award::{AwardsReplacing, RecipientsOfAward};
use crate::loader::LoaderContext;
use crate::question::medals::MedalCriteria;
use crate::question::scope::Scope;
use crate::rules::firsts::earliest;

/// One medal of an edition, held by one competitor for a period of time. A vacant medal has no holder.
#[derive(Description)]
pub(crate) struct MedalAward(pub(crate) Arc<medal_award::Model>);

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
    /// Awarded after the competition.
    Awarded,
    /// Reallocated later, after another competitor lost the medal.
    Reallocated,
    /// Vacant: no competitor holds the medal.
    Vacant,
}

/// How an award ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "medal_award::MedalAwardEnd")]
pub(crate) enum MedalAwardEnd {
    /// Stripped: the medal was taken away.
    Stripped,
    /// Returned by the holder.
    Returned,
    /// Upgraded: the holder received a better medal instead.
    Upgraded,
    /// Corrected: the award had been recorded wrongly.
    Corrected,
}

#[Object(use_type_description)]
impl MedalAward {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::MedalAward, self.0.id)
    }

    /// The sources of this award.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(vec![Source(ctx.loader().row::<source::Entity>(self.0.source_id).await?)])
    }

    /// The colour of the medal.
    async fn medal(&self) -> Medal {
        self.0.medal.into()
    }

    /// How the award came about.
    async fn status(&self) -> MedalAwardStatus {
        self.0.status.into()
    }

    /// The edition in which the medal was won.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(self.edition_row(ctx).await?))
    }

    /// The event in which the medal was won.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        let edition = self.edition_row(ctx).await?;
        Ok(Event(ctx.loader().row::<event::Entity>(edition.event_id).await?))
    }

    /// The Games at which the medal was won.
    async fn games(&self, ctx: &Context<'_>) -> Result<Games> {
        let edition = self.edition_row(ctx).await?;
        Ok(Games(ctx.loader().row::<games::Entity>(edition.games_id).await?))
    }

    /// The nation that the medal counts for; null when vacant.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.0.nation_id {
            Some(id) => Ok(Some(Nation(ctx.loader().row::<nation::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The athlete or the team; null when vacant.
    async fn competitor(&self, ctx: &Context<'_>) -> Result<Option<Competitor>> {
        match self.0.entry_id {
            Some(id) => Competitor::of(ctx, ctx.loader().row::<entry::Entity>(id).await?).await.map(Some),
            None => Ok(None),
        }
    }

    /// The athletes who hold the medal: the athlete, or every team member who competed. Empty when vacant.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn athletes(&self, ctx: &Context<'_>) -> Result<Vec<Athlete>> {
        let recipients = ctx.loader().get_or_default(RecipientsOfAward(self.0.id)).await?;
        Athlete::rows(ctx, recipients.into_iter().map(|recipient| recipient.athlete_id)).await
    }

    /// The same athletes, each with their age. Empty when vacant.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn recipients(&self, ctx: &Context<'_>) -> Result<Vec<MedalRecipient>> {
        let recipients = ctx.loader().get_or_default(RecipientsOfAward(self.0.id)).await?;
        let athletes = Athlete::rows(ctx, recipients.into_iter().map(|recipient| recipient.athlete_id)).await?;
        Ok(athletes.into_iter().map(|athlete| MedalRecipient { athlete, award: self.0.clone() }).collect())
    }

    /// The day on which the event was decided; null when unknown.
    async fn won_on(&self) -> Option<Date> {
        self.0.won_on.map(Date)
    }

    /// The day from which the medal was held; null when held since the medal ceremony.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// The day from which the medal was no longer held; null while it is held.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// How it ended; null while it is held.
    async fn ended_by(&self) -> Option<MedalAwardEnd> {
        self.0.ended_by.map(Into::into)
    }

    /// Why the medal changed hands, or why the editors count it, in words; null for an undisputed award.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The award that this one replaced; null for the first award.
    async fn replaces(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        match self.0.replaces_id {
            Some(id) => Ok(Some(Self(ctx.loader().row::<medal_award::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The award that replaced this one; null when there is none.
    async fn replaced_by(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        Ok(ctx.loader().get_or_default(AwardsReplacing(self.0.id)).await?.into_iter().next().map(Self))
    }
}

/// The most medals that may be the first. More are won at one Games, and their days may be unknown.
const MOST_FIRSTS: usize = 100;

impl MedalAward {
    async fn edition_row(&self, ctx: &Context<'_>) -> Result<Arc<event_edition::Model>> {
        ctx.loader().row::<event_edition::Entity>(self.0.edition_id).await
    }

    /// The first medals of each colour within a scope, `MOST_FIRSTS` at most: gold, silver, bronze. Several, where they were won on one day or where the day of some
    /// is unknown.
    pub(crate) async fn firsts(ctx: &Context<'_>, scope: Scope, criteria: MedalCriteria) -> Result<Vec<Self>> {
        let awards = ctx.loader().get_or_default(AwardsAtFirstGames { scope, criteria }).await?;
        Ok(earliest(&awards).into_iter().take(MOST_FIRSTS).map(Self).collect())
    }

    /// The first medals of a nation, a sport, or both, among those that match a filter.
    pub(crate) async fn firsts_of(
        ctx: &Context<'_>,
        nation: Option<String>,
        sport: Option<String>,
        filter: Option<MedalFilter>,
    ) -> Result<Vec<Self>> {
        let mut filter = filter.unwrap_or_default();
        for (name, given, within) in [("nation", nation, &mut filter.nation), ("sport", sport, &mut filter.sport)] {
            if let Some(slug) = given
                && within.replace(vec![slug]).is_some()
            {
                return Err(Error::bad_input(format!("Give `{name}` as an argument or in the filter, not both.")));
            }
        }
        by_criteria(ctx, Some(filter), |criteria| Self::firsts(ctx, Scope::WORLD, criteria)).await
    }
}
