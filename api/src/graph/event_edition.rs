//! `EventEdition`: an event held once, at one Games.

use async_graphql::{Context, Description, Enum, ID, Object};
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
use crate::graph::filter::criteria;
use crate::graph::filter::entries::{EditionEntryFilter, EditionEntryOrder};
use crate::graph::filter::results::EditionResultFilter;
use crate::graph::games::{Coverage, Games};
use crate::graph::list_size;
use crate::graph::mark::Mark;
use crate::graph::medal_award::{Medal, MedalAward};
use crate::graph::narrative::Narrative;
use crate::graph::node::{NodeType, global_id};
use crate::graph::phase::Phase;
use crate::graph::preview_note::PreviewNote;
use crate::graph::qualification::Qualification;
use crate::graph::source::Source;
use crate::graph::venue::Venue;
use crate::load::edition::{
    CourseOfEdition, EditionsOfEvent, NotesOfEdition, PhasesOfEdition, QuotasOfEdition, RulesOfEdition, SourcesOfEdition, Starters,
    StartersOf, WinningResultOf,
};
use crate::load::games::HostsOfGames;
use crate::load::medal::AwardsOfEdition;
use crate::load::narrative::NarrativesOfEdition;
use crate::load::result::{EntriesOfEdition, ResultsOfEdition};
use crate::loader::Load;
use crate::page::args::PageArgs;
use crate::page::connection::Paged;
use crate::page::listing::Listing;
use crate::page::page;
use crate::question::slug::SlugKind;
use crate::rules::awards::is_held_on;
use crate::rules::event_history;

/// An event held once, at one Games: the men's road time trial of London 2012.
#[derive(Description)]
pub(crate) struct EventEdition(pub(crate) event_edition::Model);

/// What the medals of an edition count for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "event_edition::EditionStatus")]
pub(crate) enum EditionStatus {
    /// Olympic medals.
    Medal,
    /// A sport on show; its medals do not count.
    Demonstration,
    /// Held at the Games without being part of them.
    Unofficial,
    /// The art competitions of 1912 to 1948.
    Art,
    /// A show without a competition.
    Exhibition,
}

#[Object(use_type_description)]
impl EventEdition {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::EventEdition, self.0.id)
    }

    /// Where the facts of this edition come from: its own, its results', medals' and texts'.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(ctx.loads().all(SourcesOfEdition(self.0.id)).await?.into_iter().map(Source).collect())
    }

    /// The name in addresses: `2012-summer/cycling-road/individual-time-trial/men`.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The title: its own, or that of the event with the name of the Games.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        if let Some(title) = &self.0.title {
            return Ok(title.clone());
        }
        let (event, games) =
            futures_util::try_join!(ctx.loads().row::<event::Entity>(self.0.event_id), ctx.loads().row::<games::Entity>(self.0.games_id))?;
        Ok(format!("{}, {}", event.name, games.name))
    }

    /// The event.
    async fn event(&self, ctx: &Context<'_>) -> Result<Event> {
        Ok(Event(ctx.loads().row::<event::Entity>(self.0.event_id).await?))
    }

    /// The Games.
    async fn games(&self, ctx: &Context<'_>) -> Result<Games> {
        Ok(Games(ctx.loads().row::<games::Entity>(self.0.games_id).await?))
    }

    /// Where it was held; null when not recorded.
    async fn venue(&self, ctx: &Context<'_>) -> Result<Option<Venue>> {
        Ok(self.venue_row(ctx).await?.map(Venue))
    }

    /// The city it was held in: its own when that is another than the host, else the venue's, else the main host city.
    /// Null when none of them is recorded.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let of_venue = self.venue_row(ctx).await?.and_then(|venue| venue.city_id);
        let city = match self.0.city_id.or(of_venue) {
            Some(id) => Some(id),
            None => ctx.loads().all(HostsOfGames(self.0.games_id)).await?.first().map(|host| host.city_id),
        };
        match city {
            Some(id) => Ok(Some(ctx.loads().row::<city::Entity>(id).await?.name)),
            None => Ok(None),
        }
    }

    /// The first day; null when unknown.
    async fn starts_on(&self) -> Option<Date> {
        self.0.starts_on.map(Date)
    }

    /// The last day, of the final; null when unknown.
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date)
    }

    /// How it was contested, in words; null when not recorded.
    async fn format(&self) -> Option<&str> {
        self.0.format.as_deref()
    }

    /// What its medals count for.
    async fn status(&self) -> EditionStatus {
        self.0.status.into()
    }

    /// How far it went; null where there is no distance or it is unknown.
    async fn distance(&self) -> Option<Distance> {
        Distance::new(self.0.distance_mm, self.0.distance_label.as_ref())
    }

    /// How much of it is loaded.
    async fn coverage(&self) -> Coverage {
        self.0.coverage.into()
    }

    /// How many athletes competed, counted from the entries; null while not all of them are loaded.
    async fn competitor_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.starters(ctx).await?.map(|starters| starters.competitors))
    }

    /// How many nations competed, counted from the entries; null while not all of them are loaded.
    async fn nation_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(self.starters(ctx).await?.map(|starters| starters.nations))
    }

    /// How many athletes competed as the sources print it; null when they do not.
    async fn published_competitor_count(&self) -> Option<i32> {
        self.0.competitors_published
    }

    /// How many nations competed as the sources print it; null when they do not.
    async fn published_nation_count(&self) -> Option<i32> {
        self.0.nations_published
    }

    /// Whether a printed count differs from the counted one; null where nothing can be compared.
    async fn count_mismatch(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let Some(Starters { competitors, nations }) = self.starters(ctx).await? else {
            return Ok(None);
        };
        let printed = [(self.0.competitors_published, competitors), (self.0.nations_published, nations)];
        let compared: Vec<bool> = printed.into_iter().filter_map(|(printed, counted)| printed.map(|printed| printed != counted)).collect();
        Ok((!compared.is_empty()).then(|| compared.contains(&true)))
    }

    /// The day on which the list of entries came out; null when unknown.
    async fn entry_list_published_on(&self) -> Option<Date> {
        self.0.entry_list_published_on.map(Date)
    }

    /// The mark of the winner; null where there was none or it is not loaded.
    async fn winning_mark(&self, ctx: &Context<'_>) -> Result<Option<Mark>> {
        Ok(ctx.loads().maybe(WinningResultOf(self.0.id)).await?.as_ref().and_then(Mark::of_result))
    }

    /// The edition before this one at official Games, however long ago; null for the first.
    async fn previous(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let editions = ctx.loads().all(EditionsOfEvent(self.0.event_id)).await?;
        Ok(event_history::neighbours(&editions, &self.0).0.map(|held| Self(held.0.clone())))
    }

    /// The edition after this one at official Games; null for the last.
    async fn next(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let editions = ctx.loads().all(EditionsOfEvent(self.0.event_id)).await?;
        Ok(event_history::neighbours(&editions, &self.0).1.map(|held| Self(held.0.clone())))
    }

    /// The medals as they stand: gold, silver, bronze, then by nation. There may be none, one or several of a colour, and
    /// a vacant one has no competitor.
    #[graphql(directive = list_size::Bound::apply(4))]
    async fn medals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of these colours.")] medal: Option<Vec<Medal>>,
        #[graphql(desc = "By what was decided until this day, without later reallocations; until today when nothing is said.")]
        as_of: Option<Date>,
    ) -> Result<Vec<MedalAward>> {
        let day = as_of.map_or(ctx.today(), |day| day.0);
        let awards = ctx.loads().all(AwardsOfEdition(self.0.id)).await?.into_iter();
        let held = awards.filter(|award| is_held_on(award, day));
        Ok(held.filter(|award| medal.as_ref().is_none_or(|medals| medals.contains(&award.medal.into()))).map(MedalAward).collect())
    }

    /// Every award there ever was, also those that were taken back: gold, silver, bronze, the older first.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn medal_history(&self, ctx: &Context<'_>) -> Result<Vec<MedalAward>> {
        let mut awards = ctx.loads().all(AwardsOfEdition(self.0.id)).await?;
        let colours: Vec<StoredMedal> = StoredMedal::iter().collect();
        awards.sort_by_key(|award| (colours.iter().position(|medal| *medal == award.medal), award.valid_from));
        Ok(awards.into_iter().map(MedalAward).collect())
    }

    /// The overall results: by place, then those without one by mark, then the others grouped by what happened. Annulled ones only when asked for.
    #[graphql(directive = list_size::Page::apply(ResultsOfEdition::DEFAULT))]
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only results that fit.")] filter: Option<EditionResultFilter>,
        #[graphql(desc = "How many from the start; 100 when nothing is said, at most 500.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`; at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<EventResult>> {
        let list = ResultsOfEdition { criteria: criteria(ctx, filter)? };
        page(ctx, list, Some(self.0.id), PageArgs { first, after, last, before }, EventResult).await
    }

    /// Who was entered, by nation and name when no order is given.
    #[graphql(directive = list_size::Page::apply(EntriesOfEdition::DEFAULT))]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only entries that fit.")] filter: Option<EditionEntryFilter>,
        #[graphql(desc = "What they are ordered by.")] order_by: Option<EditionEntryOrder>,
        #[graphql(desc = "How many from the start; 100 when nothing is said, at most 500.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`; at most 500.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Entry>> {
        let list = EntriesOfEdition { criteria: criteria(ctx, filter)?, order: order_by.map(Into::into) };
        page(ctx, list, Some(self.0.id), PageArgs { first, after, last, before }, Entry).await
    }

    /// The rounds, heats and finals with their times.
    #[graphql(directive = list_size::Bound::apply(70))]
    async fn phases(&self, ctx: &Context<'_>) -> Result<Vec<Phase>> {
        Ok(ctx.loads().all(PhasesOfEdition(self.0.id)).await?.into_iter().map(Phase).collect())
    }

    /// The way that it went; null where there was none or it is not recorded.
    async fn course(&self, ctx: &Context<'_>) -> Result<Option<Course>> {
        Ok(ctx.loads().all(CourseOfEdition(self.0.id)).await?.into_iter().next().map(Course))
    }

    /// How places were earned; null when not recorded.
    async fn qualification(&self, ctx: &Context<'_>) -> Result<Option<Qualification>> {
        let edition = self.0.id;
        let (rules, quotas) = futures_util::try_join!(ctx.loads().all(RulesOfEdition(edition)), ctx.loads().all(QuotasOfEdition(edition)))?;
        Ok((!rules.is_empty() || !quotas.is_empty()).then_some(Qualification { edition }))
    }

    /// What was expected beforehand.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn preview(&self, ctx: &Context<'_>) -> Result<Vec<PreviewNote>> {
        Ok(ctx.loads().all(NotesOfEdition(self.0.id)).await?.into_iter().map(PreviewNote).collect())
    }

    /// Texts about this edition.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn narratives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this section, such as `qualification`.")] section: Option<String>,
    ) -> Result<Vec<Narrative>> {
        Ok(Narrative::of_section(ctx.loads().all(NarrativesOfEdition(self.0.id)).await?, section.as_ref()))
    }
}

impl EventEdition {
    /// The edition with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::EventEdition.check(&slug)?;
        match ctx.loads().by_slug::<event_edition::Entity>(slug.clone()).await? {
            Some(edition) => Ok(Some(Self(edition))),
            None => Self::by_former_slug(ctx, &slug).await,
        }
    }

    /// The edition whose slug was made of a former slug of its Games or event.
    async fn by_former_slug(ctx: &Context<'_>, slug: &str) -> Result<Option<Self>> {
        let mut levels = slug.splitn(5, '/').map(str::to_owned);
        let games = levels.next().unwrap_or_default();
        let event = levels.by_ref().take(3).collect::<Vec<_>>().join("/");
        let variant = levels.next().unwrap_or_default();
        let (games, event) = (ctx.loads().by_slug::<games::Entity>(games), ctx.loads().by_slug::<event::Entity>(event));
        let (Some(games), Some(event)) = futures_util::try_join!(games, event)? else {
            return Ok(None);
        };
        let editions = ctx.loads().all(EditionsOfEvent(event.id)).await?;
        let edition = editions.into_iter().find(|(edition, _)| edition.games_id == games.id && edition.variant == variant);
        Ok(edition.map(|(edition, _)| Self(edition)))
    }

    async fn venue_row(&self, ctx: &Context<'_>) -> Result<Option<venue::Model>> {
        match self.0.venue_id {
            Some(id) => ctx.loads().row::<venue::Entity>(id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The counts, where all participants are loaded.
    async fn starters(&self, ctx: &Context<'_>) -> Result<Option<Starters>> {
        use podium_entity::games::Coverage;
        match self.0.coverage {
            Coverage::FullResults | Coverage::Participants => Ok(Some(ctx.loads().all(StartersOf(self.0.id)).await?)),
            Coverage::Medals | Coverage::Partial | Coverage::None => Ok(None),
        }
    }
}
