//! `Event`: a competition for a set of medals, across all Games.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use futures_util::FutureExt;
use podium_entity::event_alias::EventAliasKind;
use podium_entity::games::{GamesStatus, Recognition};
use podium_entity::{discipline, event, event_family, games, record_mark};
use uuid::Uuid;

use crate::error::Result;
use crate::graph::cost::{COUNTING, cost};
use crate::graph::date::Date;
use crate::graph::discipline::Discipline;
use crate::graph::distance::Distance;
use crate::graph::event_edition::EventEdition;
use crate::graph::event_family::EventFamily;
use crate::graph::external_id::ExternalId;
use crate::graph::filter::events::{EventFilter, EventOrder};
use crate::graph::filter::filtered_page;
use crate::graph::filter::medalists::MedalistOrder;
use crate::graph::filter::medals::MedalFilter;
use crate::graph::games::Games;
use crate::graph::list_size;
use crate::graph::mark::MarkKind;
use crate::graph::medal_table::{MedalRanking, MedalTables, TieRanking};
use crate::graph::medalist::{Medalist, Medalists};
use crate::graph::narrative::Narrative;
use crate::graph::node::{NodeType, global_id};
use crate::graph::programme_change::ProgrammeChange;
use crate::graph::record_mark::{RecordKind, RecordMark};
use crate::graph::streak::{Streak, StreakOf};
use crate::graph::year_span::YearSpan;
use crate::load::event::{AliasesOfEvent, EventList};
use crate::load::event_edition::EditionsOfEvent;
use crate::load::games::EveryGames;
use crate::load::narrative::{ExternalIdsOfEvent, NarrativesOfEvent};
use crate::load::record_mark::RecordsOfEvent;
use crate::loader::LoaderContext;
use crate::page::args::{DEFAULT_PAGE, PageArgs};
use crate::page::connection::Paged;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;
use crate::rules::event_history::{self, EditionAtGames, History, ProgrammeStatus};
use crate::rules::records;

/// A competition for a set of medals, such as the men's track time trial, across all Games at which it was held.
#[derive(Description)]
pub(crate) struct Event(pub(crate) Arc<event::Model>);

/// The gender category of an event: who may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "event::EventGender")]
pub(crate) enum EventGender {
    /// Men only.
    Men,
    /// Women only.
    Women,
    /// Teams of men and women, in a fixed composition.
    Mixed,
    /// Open to anyone.
    Open,
}

/// The kind of competitor that an event ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "event::ParticipantKind")]
pub(crate) enum ParticipantKind {
    /// Individual athletes.
    Individual,
    /// Pairs of athletes.
    Pair,
    /// Teams of athletes.
    Team,
}

/// Whether an event is still on the Olympic programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "ProgrammeStatus")]
pub(crate) enum EventStatus {
    /// Held at the most recent Games of its season.
    OnProgramme,
    /// Held in the past, but not at the most recent Games of its season.
    Discontinued,
    /// Unknown: the event was never held, or the programme of the most recent Games is not loaded.
    Unknown,
}

#[Object(use_type_description)]
impl Event {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Event, self.0.id)
    }

    /// The readable identifier for lookups: `cycling-track/time-trial/men`.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// Former names of the event, oldest first.
    async fn former_names(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let aliases = ctx.loader().get_or_default(AliasesOfEvent(self.0.id)).await?;
        Ok(aliases.into_iter().filter(|alias| alias.kind == EventAliasKind::Former).map(|alias| alias.name.clone()).collect())
    }

    /// The gender category: who may enter.
    async fn gender(&self) -> EventGender {
        self.0.gender.into()
    }

    /// Whether the event ranks individual athletes, pairs or teams.
    async fn participant_kind(&self) -> ParticipantKind {
        self.0.participant_kind.into()
    }

    /// The kind of mark that is measured.
    async fn mark_kind(&self) -> MarkKind {
        self.0.mark_kind.into()
    }

    /// Whether the event is still on the Olympic programme.
    async fn status(&self, ctx: &Context<'_>) -> Result<EventStatus> {
        let (editions, games) = self.programme(ctx).await?;
        Ok(self.history(&editions, &games).standing().into())
    }

    /// The years in which the event was held for medals at official Games. Unbroken runs are joined: `1896, 1928–2004`. Cancelled
    /// Games do not break a run. Games whose programme is not loaded are marked, since it may have been held: `2016, 2020?, 2024`.
    async fn years_held(&self, ctx: &Context<'_>) -> Result<String> {
        let (editions, games) = self.programme(ctx).await?;
        Ok(self.history(&editions, &games).years_held())
    }

    /// `yearsHeld` as data: the unbroken runs of Games, oldest first. Games whose programme is not loaded break a run.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn held_spans(&self, ctx: &Context<'_>) -> Result<Vec<YearSpan>> {
        let (editions, games) = self.programme(ctx).await?;
        let spans = self.history(&editions, &games).spans().into_iter();
        Ok(spans.map(|(first_year, last_year)| YearSpan { first_year, last_year }).collect())
    }

    /// How often the event was held for medals at official Games. Only loaded data counts.
    async fn edition_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let editions = ctx.loader().get_or_default(EditionsOfEvent(self.0.id)).await?;
        Ok(i32::try_from(event_history::held(&editions).count()).unwrap_or(i32::MAX))
    }

    /// Consecutive wins of one nation or athlete in this event: the longest first, then the oldest. A shared gold medal counts for each
    /// holder. An edition with an unknown winner ends a streak, and so do Games whose programme is not loaded; Games without the event do not.
    #[graphql(directive = list_size::Bound::apply(50), directive = cost::apply(COUNTING))]
    async fn streaks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose wins.", default_with = "StreakOf::Nation")] of: StreakOf,
        #[graphql(desc = "The least number of wins; at least 2.", default = 2)] minimum: i32,
    ) -> Result<Vec<Streak>> {
        Streak::of_event(ctx, self.0.id, of, minimum).boxed().await
    }

    /// The event family: the same competition regardless of gender and class.
    async fn family(&self, ctx: &Context<'_>) -> Result<EventFamily> {
        Ok(EventFamily(ctx.loader().row::<event_family::Entity>(self.0.family_id).await?))
    }

    /// The discipline that the event belongs to.
    async fn discipline(&self, ctx: &Context<'_>) -> Result<Discipline> {
        let family = ctx.loader().row::<event_family::Entity>(self.0.family_id).await?;
        Ok(Discipline(ctx.loader().row::<discipline::Entity>(family.discipline_id).await?))
    }

    /// The editions of this event, oldest first.
    #[graphql(directive = list_size::Bound::apply(30))]
    async fn editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Include Games that the International Olympic Committee does not count, such as 1906.", default = false)]
        include_unofficial_games: bool,
    ) -> Result<Vec<EventEdition>> {
        let editions = ctx.loader().get_or_default(EditionsOfEvent(self.0.id)).await?.into_iter();
        let chosen = editions.filter(|(_, games)| include_unofficial_games || games.recognition == Recognition::Official);
        Ok(chosen.map(|(edition, _)| EventEdition(edition)).collect())
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::of(ScopeKind::Event, self.0.id))
    }

    /// The athletes with the most medals in this event, best first by default. Ties are listed by family name.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE), directive = cost::apply(COUNTING))]
    async fn medalists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to count; by default, official Olympic medals.")] filter: Option<MedalFilter>,
        #[graphql(desc = "Return only athletes with at least this many medals.", default = 2)] min_medals: i32,
        #[graphql(desc = "Rank by gold medals first, or by the total.", default_with = "MedalRanking::GoldFirst")] ranking: MedalRanking,
        #[graphql(desc = "How tied ranks are numbered.", default_with = "TieRanking::Competition")] ties: TieRanking,
        #[graphql(desc = "The sort order of the list; by default, by rank.")] order_by: Option<MedalistOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Medalist>> {
        let all = Medalists::new(ctx, Scope::of(ScopeKind::Event, self.0.id), filter, min_medals, (ranking, ties)).boxed().await?;
        all.ordered(order_by.map(Into::into)).page(ctx, &PageArgs { first, after, last, before }).boxed().await
    }

    /// The athletes with the most medals in this event, best first by default. Ties are listed by family name.
    #[graphql(
        deprecation = "Use `medalists`, which is a connection as `Query.multipleMedalists` is.",
        directive = list_size::First::apply(40),
        directive = cost::apply(COUNTING)
    )]
    async fn multiple_medalists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to count; by default, official Olympic medals.")] filter: Option<MedalFilter>,
        #[graphql(desc = "Return only athletes with at least this many medals.", default = 2)] min_medals: i32,
        #[graphql(desc = "Rank by gold medals first, or by the total.", default_with = "MedalRanking::GoldFirst")] ranking: MedalRanking,
        #[graphql(desc = "How tied ranks are numbered.", default_with = "TieRanking::Competition")] ties: TieRanking,
        #[graphql(desc = "The sort order of the list; by default, by rank.")] order_by: Option<MedalistOrder>,
        #[graphql(desc = "Return only this many athletes from the top.")] first: Option<i32>,
    ) -> Result<Vec<Medalist>> {
        let all = Medalists::new(ctx, Scope::of(ScopeKind::Event, self.0.id), filter, min_medals, (ranking, ties)).boxed().await?;
        all.ordered(order_by.map(Into::into)).top(ctx, first).boxed().await
    }

    /// The record progression of this event over one distance, in the order in which the records were set. Rescinded records are left
    /// out.
    #[graphql(directive = list_size::Bound::apply(60))]
    async fn record_progression(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The kind of record to list.", default_with = "RecordKind::Olympic")] kind: RecordKind,
        #[graphql(desc = "The distance in millimetres; by default, that of the most recent edition.")] distance_mm: Option<i32>,
    ) -> Result<Vec<RecordMark>> {
        let chain = self.chain(ctx, kind, distance_mm, None).boxed().await?;
        Ok(chain.into_iter().map(RecordMark).collect())
    }

    /// The record that stood at the end of a day; null when no record had been set.
    async fn record_on(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day.")] date: Date,
        #[graphql(desc = "The kind of record to return.", default_with = "RecordKind::Olympic")] kind: RecordKind,
        #[graphql(desc = "The distance in millimetres; by default, that of the most recent edition as of that day.")] distance_mm: Option<
            i32,
        >,
    ) -> Result<Option<RecordMark>> {
        let chain = self.chain(ctx, kind, distance_mm, Some(date)).boxed().await?;
        Ok(records::standing_on(&chain, date.0).cloned().map(RecordMark))
    }

    /// Narrative texts about this event.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn narratives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only this section, such as `history`.")] section: Option<String>,
    ) -> Result<Vec<Narrative>> {
        Ok(Narrative::of_section(ctx.loader().get_or_default(NarrativesOfEvent(self.0.id)).await?, section.as_ref()))
    }

    /// The changes of this event on the Olympic programme, oldest first: when it was introduced, changed its distance, was dropped
    /// and returned. A change is `UNKNOWN` where it depends on Games whose programme is not loaded.
    #[graphql(directive = list_size::Bound::apply(30))]
    async fn programme_history(&self, ctx: &Context<'_>) -> Result<Vec<ProgrammeChange>> {
        let (editions, all_games) = self.programme(ctx).await?;
        let history = self.history(&editions, &all_games).changes().into_iter();
        Ok(history
            .map(|(games, edition, change)| ProgrammeChange {
                games: Games(games.clone()),
                distance: edition.and_then(|edition| Distance::new(edition.distance_mm, edition.distance_label.as_ref())),
                change: change.into(),
            })
            .collect())
    }

    /// The identifiers of this event in other data sets.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn external_ids(&self, ctx: &Context<'_>) -> Result<Vec<ExternalId>> {
        Ok(ctx.loader().get_or_default(ExternalIdsOfEvent(self.0.id)).await?.into_iter().map(ExternalId::from).collect())
    }
}

impl Event {
    /// The event with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::Event.check(&slug)?;
        Ok(ctx.loader().by_slug::<event::Entity>(slug).await?.map(Self))
    }

    /// The editions of this event, and all Games.
    async fn programme(&self, ctx: &Context<'_>) -> Result<(Vec<EditionAtGames>, Vec<Arc<games::Model>>)> {
        futures_util::try_join!(ctx.loader().get_or_default(EditionsOfEvent(self.0.id)), ctx.loader().get_or_default(EveryGames))
    }

    fn history<'a>(&self, editions: &'a [EditionAtGames], games: &'a [Arc<games::Model>]) -> History<'a> {
        History { editions, games, known_until: self.0.known_until, discontinued_after: self.0.discontinued_after }
    }

    /// The records over one distance. By default, the distance of the most recent held edition that has one, or the most recent one
    /// on a given day.
    async fn chain(
        &self,
        ctx: &Context<'_>,
        kind: RecordKind,
        distance_mm: Option<i32>,
        day: Option<Date>,
    ) -> Result<Vec<Arc<record_mark::Model>>> {
        let (mut marks, editions) = futures_util::try_join!(
            ctx.loader().get_or_default(RecordsOfEvent(self.0.id)),
            ctx.loader().get_or_default(EditionsOfEvent(self.0.id))
        )?;
        let begun = |(edition, games): &&EditionAtGames| {
            let start = edition.starts_on.or(edition.ends_on).or(games.opened_on);
            games.status == GamesStatus::Held
                && edition.distance_mm.is_some()
                && day.is_none_or(|day| start.is_some_and(|start| start <= day.0))
        };
        let distance = distance_mm.or_else(|| editions.iter().rfind(begun).and_then(|(edition, _)| edition.distance_mm));
        marks.retain(|mark| mark.kind == kind.into() && mark.distance_mm == distance);
        Ok(records::chain(marks))
    }
}

/// The `events` field, shared by all types with a list of events.
#[derive(Description)]
pub(crate) struct Events {
    /// Only events in this discipline.
    pub(crate) discipline: Option<Uuid>,
}

#[Object(use_type_description)]
impl Events {
    /// Events, sorted by slug by default.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only events that match this filter.")] filter: Option<EventFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<EventOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Event>> {
        let list = |criteria| EventList { of_discipline: self.discipline.is_some(), criteria, order: order_by.map(Into::into) };
        filtered_page(ctx, filter, list, self.discipline, PageArgs { first, after, last, before }, Event).await
    }
}
