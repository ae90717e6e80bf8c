//! `EventEdition`: an event held once, at one Games.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use futures_util::FutureExt;
use podium_entity::medal_award::Medal as StoredMedal;
use podium_entity::{city, event, event_edition, games, venue};
use sea_orm::Iterable;

use crate::error::Result;
use crate::graph::course::Course;
use crate::graph::date::Date;
use crate::graph::distance::Distance;
use crate::graph::entry::Entry;
use crate::graph::event::Event;
use crate::graph::event_result::EventResult;
use crate::graph::filter::entries::{EditionEntryFilter, EditionEntryOrder};
use crate::graph::filter::filtered_page;
use crate::graph::filter::results::EditionResultFilter;
use crate::graph::games::{Coverage, Games};
use crate::graph::list_size;
use crate::graph::mark::{Mark, MarkDifference, measured};
use crate::graph::medal_award::{Medal, MedalAward};
use crate::graph::narrative::Narrative;
use crate::graph::node::{NodeType, global_id};
use crate::graph::phase::Phase;
use crate::graph::preview_note::PreviewNote;
use crate::graph::qualification::Qualification;
use crate::graph::source::Source;
use crate::graph::venue::Venue;
use crate::load::event_edition::{
    CourseOfEdition, EditionsOfEvent, MarkedResult, NotesOfEdition, PhasesOfEdition, QuotasOfEdition, RulesOfEdition, SourcesOfEdition,
    Starters, StartersOf,
};
use crate::load::games::{EveryGames, HostsOfGames};
use crate::load::medal_award::AwardsOfEdition;
use crate::load::narrative::NarrativesOfEdition;
use crate::load::result::{EntriesOfEdition, ResultsOfEdition};
use crate::loader::LoaderContext;
use crate::page::args::PageArgs;
use crate::page::connection::Paged;
use crate::page::listing::Listing;
use crate::question::slug::SlugKind;
use crate::rules::awards::is_held_on;
use crate::rules::difference::improvement;
use crate::rules::event_history::History;

/// An event held once, at one Games: the men's road time trial of London 2012.
#[derive(Description)]
pub(crate) struct EventEdition(pub(crate) Arc<event_edition::Model>);

/// The status of an edition at its Games, which decides whether its medals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "event_edition::EditionStatus")]
pub(crate) enum EditionStatus {
    /// A medal event: its medals are Olympic medals.
    Medal,
    /// A demonstration event: its medals do not count.
    Demonstration,
    /// An unofficial event: held at the Games, but not part of them.
    Unofficial,
    /// One of the art competitions held from 1912 to 1948.
    Art,
    /// An exhibition without a competition.
    Exhibition,
}

#[Object(use_type_description)]
impl EventEdition {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::EventEdition, self.0.id)
    }

    /// The sources of this edition, including those of its results, medals and texts.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(ctx.loader().get_or_default(SourcesOfEdition(self.0.id)).await?.into_iter().map(Source).collect())
    }

    /// The readable identifier for lookups: `2012-summer/cycling-road/individual-time-trial/men`.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The edition's own title, or else the name of the event with the name of the Games.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        if let Some(title) = &self.0.title {
            return Ok(title.clone());
        }
        let (event, games) = futures_util::try_join!(
            ctx.loader().row::<event::Entity>(self.0.event_id),
            ctx.loader().row::<games::Entity>(self.0.games_id)
        )?;
        Ok(format!("{}, {}", event.name, games.name))
    }

    /// The event.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        Ok(Event(ctx.loader().row::<event::Entity>(self.0.event_id).await?))
    }

    /// The Games.
    async fn games(&self, ctx: &Context<'_>) -> Result<Games> {
        Ok(Games(ctx.loader().row::<games::Entity>(self.0.games_id).await?))
    }

    /// The venue; null when not recorded.
    async fn venue(&self, ctx: &Context<'_>) -> Result<Option<Venue>> {
        Ok(self.venue_row(ctx).await?.map(Venue))
    }

    /// The city in which the edition was held: its own city if that differs from the host city, else the city of the venue, else the
    /// main host city. Null when none of these is recorded.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let of_venue = self.venue_row(ctx).await?.and_then(|venue| venue.city_id);
        let city = match self.0.city_id.or(of_venue) {
            Some(id) => Some(id),
            None => ctx.loader().get_or_default(HostsOfGames(self.0.games_id)).await?.first().map(|host| host.city_id),
        };
        match city {
            Some(id) => Ok(Some(ctx.loader().row::<city::Entity>(id).await?.name.clone())),
            None => Ok(None),
        }
    }

    /// The first day; null when unknown.
    async fn starts_on(&self) -> Option<Date> {
        self.0.starts_on.map(Date)
    }

    /// The last day, which is the day of the final; null when unknown.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date)
    }

    /// The competition format, in words; null when not recorded.
    async fn format(&self) -> Option<&str> {
        self.0.format.as_deref()
    }

    /// The status of the edition at its Games, which decides whether its medals count.
    async fn status(&self) -> EditionStatus {
        self.0.status.into()
    }

    /// The distance; null when the event has none or it is unknown.
    async fn distance(&self) -> Option<Distance> {
        Distance::new(self.0.distance_mm, self.0.distance_label.as_ref())
    }

    /// How much data of this edition is loaded.
    async fn coverage(&self) -> Coverage {
        self.0.coverage.into()
    }

    /// The number of athletes who competed, counted from the entries; null unless all entries are loaded.
    async fn competitor_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.starters(ctx).await?.map(|starters| starters.competitors))
    }

    /// The number of nations that competed, counted from the entries; null unless all entries are loaded.
    async fn nation_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.starters(ctx).await?.map(|starters| starters.nations))
    }

    /// The number of athletes who competed, as published by the sources; null when they give none.
    async fn published_competitor_count(&self) -> Option<i32> {
        self.0.competitors_published
    }

    /// The number of nations that competed, as published by the sources; null when they give none.
    async fn published_nation_count(&self) -> Option<i32> {
        self.0.nations_published
    }

    /// Whether a published count differs from the count of the entries; null when there is nothing to compare.
    async fn count_mismatch(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let Some(Starters { competitors, nations }) = self.starters(ctx).await? else {
            return Ok(None);
        };
        let printed = [(self.0.competitors_published, competitors), (self.0.nations_published, nations)];
        let compared: Vec<bool> = printed.into_iter().filter_map(|(printed, counted)| printed.map(|printed| printed != counted)).collect();
        Ok((!compared.is_empty()).then(|| compared.contains(&true)))
    }

    /// The day on which the entry list was published; null when unknown.
    async fn entry_list_published_on(&self) -> Option<Date> {
        self.0.entry_list_published_on.map(Date)
    }

    /// The mark of the winner; null when there was none or it is not loaded.
    async fn winning_mark(&self, ctx: &Context<'_>) -> Result<Option<Mark>> {
        Ok(ctx.loader().get(MarkedResult::winning(self.0.id)).await?.as_deref().and_then(Mark::of_result))
    }

    /// The difference between the winner's mark and that of the second. Null when a mark is missing, when they cannot be compared, and when
    /// the win was shared.
    async fn winning_margin(&self, ctx: &Context<'_>) -> Result<Option<MarkDifference>> {
        let second = MarkedResult { edition: self.0.id, rank: 2 };
        let (winner, second) = futures_util::try_join!(ctx.loader().get(MarkedResult::winning(self.0.id)), ctx.loader().get(second))?;
        let marks = winner.as_deref().and_then(measured).zip(second.as_deref().filter(|second| second.irm.is_none()).and_then(measured));
        let Some((winner, second)) = marks else { return Ok(None) };
        let event = ctx.loader().row::<event::Entity>(self.0.event_id).await?;
        Ok(improvement(second, winner, event.better).and_then(MarkDifference::shown))
    }

    /// The previous edition of this event at official Games, however long ago. Null for the first edition, and where the programme of a Games
    /// in between is not loaded.
    async fn previous(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        Ok(self.neighbours(ctx).await?.0)
    }

    /// The next edition of this event at official Games. Null for the last edition, and where the programme of a Games in between is not loaded.
    async fn next(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        Ok(self.neighbours(ctx).await?.1)
    }

    /// The medals as they stand: gold, silver, bronze, then by nation. There can be no medal, one or several of each colour. A vacant
    /// medal has no competitor.
    #[graphql(directive = list_size::Bound::apply(4))]
    async fn medals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only medals of these colours.")] medal: Option<Vec<Medal>>,
        #[graphql(desc = "Return the medals as held on this day, without later reallocations; by default, today.")] as_of: Option<Date>,
    ) -> Result<Vec<MedalAward>> {
        let day = as_of.map_or(ctx.today(), |day| day.0);
        let awards = ctx.loader().get_or_default(AwardsOfEdition(self.0.id)).await?.into_iter();
        let held = awards.filter(|award| is_held_on(award, day));
        Ok(held.filter(|award| medal.as_ref().is_none_or(|medals| medals.contains(&award.medal.into()))).map(MedalAward).collect())
    }

    /// All awards ever made, including those later taken away: gold, silver, bronze, and the oldest first within each colour.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn medal_history(&self, ctx: &Context<'_>) -> Result<Vec<MedalAward>> {
        let mut awards = ctx.loader().get_or_default(AwardsOfEdition(self.0.id)).await?;
        let colours: Vec<StoredMedal> = StoredMedal::iter().collect();
        awards.sort_by_key(|award| (colours.iter().position(|medal| *medal == award.medal), award.valid_from));
        Ok(awards.into_iter().map(MedalAward).collect())
    }

    /// The overall results: ranked competitors by rank, then unranked ones by mark, then the others grouped by reason, such as `DNF`.
    /// Annulled results are included only if the filter asks for them.
    #[graphql(directive = list_size::Page::apply(ResultsOfEdition::DEFAULT))]
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only results that match this filter.")] filter: Option<EditionResultFilter>,
        #[graphql(desc = "The number of items from the start of the list; 100 by default, at most 500.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 500.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<EventResult>> {
        let list = |criteria| ResultsOfEdition { criteria };
        filtered_page(ctx, filter, list, Some(self.0.id), PageArgs { first, after, last, before }, EventResult).await
    }

    /// The entries, sorted by nation and name by default.
    #[graphql(directive = list_size::Page::apply(EntriesOfEdition::DEFAULT))]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only entries that match this filter.")] filter: Option<EditionEntryFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<EditionEntryOrder>,
        #[graphql(desc = "The number of items from the start of the list; 100 by default, at most 500.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 500.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Entry>> {
        let list = |criteria| EntriesOfEdition { criteria, order: order_by.map(Into::into) };
        filtered_page(ctx, filter, list, Some(self.0.id), PageArgs { first, after, last, before }, Entry).await
    }

    /// The rounds, heats and finals with their times.
    #[graphql(directive = list_size::Bound::apply(70))]
    async fn phases(&self, ctx: &Context<'_>) -> Result<Vec<Phase>> {
        Ok(ctx.loader().get_or_default(PhasesOfEdition(self.0.id)).await?.into_iter().map(Phase).collect())
    }

    /// The course of the race; null when there was none or it is not recorded.
    async fn course(&self, ctx: &Context<'_>) -> Result<Option<Course>> {
        Ok(ctx.loader().get_or_default(CourseOfEdition(self.0.id)).await?.into_iter().next().map(Course))
    }

    /// The qualification rules and quota places; null when not recorded.
    async fn qualification(&self, ctx: &Context<'_>) -> Result<Option<Qualification>> {
        let edition = self.0.id;
        let (rules, quotas) = futures_util::try_join!(
            ctx.loader().get_or_default(RulesOfEdition(edition)),
            ctx.loader().get_or_default(QuotasOfEdition(edition))
        )?;
        Ok((!rules.is_empty() || !quotas.is_empty()).then_some(Qualification { edition }))
    }

    /// Preview notes: what was expected before this edition.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn preview(&self, ctx: &Context<'_>) -> Result<Vec<PreviewNote>> {
        Ok(ctx.loader().get_or_default(NotesOfEdition(self.0.id)).await?.into_iter().map(PreviewNote).collect())
    }

    /// Narrative texts about this edition.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn narratives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only this section, such as `qualification`.")] section: Option<String>,
    ) -> Result<Vec<Narrative>> {
        Ok(Narrative::of_section(ctx.loader().get_or_default(NarrativesOfEdition(self.0.id)).await?, section.as_ref()))
    }
}

impl EventEdition {
    /// The edition with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::EventEdition.check(&slug)?;
        match ctx.loader().by_slug::<event_edition::Entity>(slug.clone()).await? {
            Some(edition) => Ok(Some(Self(edition))),
            None => Self::by_former_slug(ctx, &slug).boxed().await,
        }
    }

    /// The edition whose slug contains a former slug of its Games or event.
    async fn by_former_slug(ctx: &Context<'_>, slug: &str) -> Result<Option<Self>> {
        let mut levels = slug.splitn(5, '/').map(str::to_owned);
        let games = levels.next().unwrap_or_default();
        let event = levels.by_ref().take(3).collect::<Vec<_>>().join("/");
        let variant = levels.next().unwrap_or_default();
        let (games, event) = (ctx.loader().by_slug::<games::Entity>(games), ctx.loader().by_slug::<event::Entity>(event));
        let (Some(games), Some(event)) = futures_util::try_join!(games, event)? else {
            return Ok(None);
        };
        let editions = ctx.loader().get_or_default(EditionsOfEvent(event.id)).await?;
        let edition = editions.into_iter().find(|(edition, _)| edition.games_id == games.id && edition.variant == variant);
        Ok(edition.map(|(edition, _)| Self(edition)))
    }

    /// The previous and the next edition.
    async fn neighbours(&self, ctx: &Context<'_>) -> Result<(Option<Self>, Option<Self>)> {
        let event = ctx.loader().row::<event::Entity>(self.0.event_id);
        let (editions, games) = (ctx.loader().get_or_default(EditionsOfEvent(self.0.event_id)), ctx.loader().get_or_default(EveryGames));
        let (event, editions, games) = futures_util::try_join!(event, editions, games)?;
        let history =
            History { editions: &editions, games: &games, known_until: event.known_until, discontinued_after: event.discontinued_after };
        let (previous, next) = history.neighbours(&self.0);
        Ok((previous.map(|held| Self(held.0.clone())), next.map(|held| Self(held.0.clone()))))
    }

    async fn venue_row(&self, ctx: &Context<'_>) -> Result<Option<Arc<venue::Model>>> {
        match self.0.venue_id {
            Some(id) => ctx.loader().row::<venue::Entity>(id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The numbers of starters; none unless all participants are loaded.
    async fn starters(&self, ctx: &Context<'_>) -> Result<Option<Starters>> {
        use podium_entity::games::Coverage;
        match self.0.coverage {
            Coverage::FullResults | Coverage::Participants => Ok(Some(ctx.loader().get_or_default(StartersOf(self.0.id)).await?)),
            Coverage::Medals | Coverage::Partial | Coverage::None => Ok(None),
        }
    }
}
