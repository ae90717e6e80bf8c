//! All entrances to the graph, in the order a visitor would try them. Each only delegates.

use async_graphql::{Context, Description, ID, Object};

use crate::error::{Nullable, Result, nullable};
use crate::graph::about::About;
use crate::graph::athlete::{Athlete, Athletes};
use crate::graph::cost::{COUNTING, cost};
use crate::graph::discipline::Discipline;
use crate::graph::event::{Event, Events};
use crate::graph::event_edition::EventEdition;
use crate::graph::event_family::EventFamily;
use crate::graph::filter::criteria;
use crate::graph::filter::games::{GamesFilter, GamesOrder};
use crate::graph::filter::medals::{MedalAwardOrder, MedalFilter};
use crate::graph::filter::nations::{NationFilter, NationOrder};
use crate::graph::games::Games;
use crate::graph::lineage::Lineage;
use crate::graph::list_size;
use crate::graph::medal_award::MedalAward;
use crate::graph::medal_table::{MedalRanking, MedalTables, TieRanking};
use crate::graph::medalist::{Medalist, Ranking};
use crate::graph::nation::Nation;
use crate::graph::node::Node;
use crate::graph::on_this_day::OnThisDay;
use crate::graph::search::{SearchKind, SearchResults};
use crate::graph::sport::Sport;
use crate::load::games::GamesList;
use crate::load::medal::AwardList;
use crate::load::nation::NationList;
use crate::page::args::{DEFAULT_PAGE, PageArgs};
use crate::page::connection::Paged;
use crate::page::page;
use crate::question::athletes::AthletesOf;
use crate::question::scope::{Scope, ScopeKind};

/// The Olympic results graph: Games, nations, events, athletes, results, medals and records. Enums and unions may grow, so a
/// client needs a default branch.
#[derive(Description)]
pub(crate) struct Query;

#[Object(use_type_description)]
impl Query {
    /// One Games by slug, such as `2012-summer`; null when there is none.
    async fn games(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Games> {
        nullable(Games::by_slug(ctx, slug).await)
    }

    /// All Games, oldest first when no order is given; cancelled and scheduled ones too.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn all_games(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only Games that fit.")] filter: Option<GamesFilter>,
        #[graphql(desc = "What they are ordered by.")] order_by: Option<GamesOrder>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Games>> {
        let list = GamesList { criteria: criteria(ctx, filter)?, order: order_by.map(Into::into) };
        page(ctx, list, None, PageArgs { first, after, last, before }, Games).await
    }

    /// One event at one Games by slug, such as `2012-summer/cycling-road/individual-time-trial/men`; null when there is none.
    async fn event_edition(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<EventEdition> {
        nullable(EventEdition::by_slug(ctx, slug).await)
    }

    /// One event across Games by slug, such as `cycling-track/time-trial/men`; null when there is none.
    async fn event(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Event> {
        nullable(Event::by_slug(ctx, slug).await)
    }

    #[graphql(flatten)]
    async fn events(&self) -> Events {
        Events { discipline: None }
    }

    /// One event family by slug, such as `cycling-track/time-trial`; null when there is none.
    async fn event_family(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<EventFamily> {
        nullable(EventFamily::by_slug(ctx, slug).await)
    }

    /// One discipline by slug, such as `cycling-track`; null when there is none.
    async fn discipline(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Discipline> {
        nullable(Discipline::by_slug(ctx, slug).await)
    }

    /// One sport by slug, such as `cycling`; null when there is none.
    async fn sport(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Sport> {
        nullable(Sport::by_slug(ctx, slug).await)
    }

    /// All sports, by slug.
    #[graphql(directive = list_size::Bound::apply(70))]
    async fn sports(&self, ctx: &Context<'_>) -> Result<Vec<Sport>> {
        Sport::every(ctx).await
    }

    /// One athlete by slug, such as `bradley-wiggins`; null when there is none.
    async fn athlete(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Athlete> {
        nullable(Athlete::by_slug(ctx, slug).await)
    }

    #[graphql(flatten)]
    async fn athletes(&self) -> Athletes {
        Athletes { of: AthletesOf::World, parent: None }
    }

    /// One nation by code or slug; null when there is none. A code that several teams bore means the newest.
    async fn nation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, `GBR`, or the slug, `ROC@1912`.")] code: String,
        #[graphql(desc = "A year in which the team bore the code; also finds teams by a code of former years.")] year: Option<i32>,
    ) -> Nullable<Nation> {
        nullable(Nation::by_code(ctx, code, year).await)
    }

    /// All nations, by code when no order is given.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn nations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only nations that fit.")] filter: Option<NationFilter>,
        #[graphql(desc = "What they are ordered by.")] order_by: Option<NationOrder>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Nation>> {
        let list = NationList { criteria: criteria(ctx, filter)?, order: order_by.map(Into::into) };
        page(ctx, list, None, PageArgs { first, after, last, before }, Nation).await
    }

    /// The named ways to count several nations as one, by slug.
    #[graphql(directive = list_size::Bound::apply(30))]
    async fn lineages(&self, ctx: &Context<'_>) -> Result<Vec<Lineage>> {
        Lineage::every(ctx).await
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::WORLD)
    }

    /// Medals one by one, vacant ones too: newest Games first, then by event, gold before silver before bronze, when no order is given.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn medal_awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals are listed; official Olympic ones when nothing is said.")] filter: Option<MedalFilter>,
        #[graphql(desc = "What they are ordered by.")] order_by: Option<MedalAwardOrder>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<MedalAward>> {
        let list = AwardList { kind: ScopeKind::World, criteria: criteria(ctx, filter)?, order: order_by.map(Into::into) };
        page(ctx, list, None, PageArgs { first, after, last, before }, MedalAward).await
    }

    /// The athletes with the most medals, best first; equals by family name.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE), directive = cost::apply(COUNTING.to_owned()))]
    async fn multiple_medalists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals count; official Olympic ones when nothing is said.")] filter: Option<MedalFilter>,
        #[graphql(desc = "Only athletes with at least so many medals.", default = 2)] min_medals: i32,
        #[graphql(desc = "What comes first.", default_with = "MedalRanking::GoldFirst")] ranking: MedalRanking,
        #[graphql(desc = "How equals are numbered.", default_with = "TieRanking::Competition")] ties: TieRanking,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Medalist>> {
        let all = Ranking::of(ctx, Scope::WORLD, filter, min_medals, (ranking, ties)).await?;
        all.page(ctx, &PageArgs { first, after, last, before }).await
    }

    /// What happened on a day of the year, in any year.
    async fn on_this_day(
        &self,
        #[graphql(desc = "The month, from 1 to 12.")] month: i32,
        #[graphql(desc = "The day of the month.")] day: i32,
    ) -> Result<OnThisDay> {
        OnThisDay::new(month, day)
    }

    /// Finds things by any form of their name, whatever its case and accents; several words may stand anywhere in it. A text of two
    /// letters finds names that begin with it, and a single letter only itself.
    #[graphql(directive = list_size::Hits::apply(10))]
    async fn search(
        &self,
        #[graphql(desc = "The name or a part of it.")] text: String,
        #[graphql(desc = "Only things of these kinds.")] kinds: Option<Vec<SearchKind>>,
        #[graphql(desc = "How many; at most 100.", default = 10)] first: i32,
    ) -> Result<SearchResults> {
        SearchResults::new(&text, kinds, first)
    }

    /// Anything by its global id; an unknown id is an error. `nodes` has null instead.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The global id.")] id: ID) -> Nullable<Node> {
        nullable(Node::by_id(ctx, &id).await)
    }

    /// Several things by their global ids, in the same order; null for ids that are unknown or malformed.
    #[graphql(directive = list_size::Bound::apply(100))]
    async fn nodes(&self, ctx: &Context<'_>, #[graphql(desc = "The global ids, at most 100.")] ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        Node::by_ids(ctx, &ids).await
    }

    /// What this server is and holds.
    async fn about(&self) -> About {
        About
    }
}
