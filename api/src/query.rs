//! All entry points of the graph, in the order a visitor would try them. Each only delegates.

use async_graphql::{Context, Description, ID, Object};
use futures_util::FutureExt;

use crate::error::{Nullable, Result, nullable};
use crate::graph::about::About;
use crate::graph::athlete::{Athlete, Athletes};
use crate::graph::cost::{COUNTING, COUNTING_ALL, COUNTING_FIRSTS, cost};
use crate::graph::discipline::Discipline;
use crate::graph::event::{Event, Events};
use crate::graph::event_edition::EventEdition;
use crate::graph::event_family::EventFamily;
use crate::graph::filter::filtered_page;
use crate::graph::filter::games::{GamesFilter, GamesOrder};
use crate::graph::filter::medalists::MedalistOrder;
use crate::graph::filter::medals::{MedalAwardOrder, MedalFilter};
use crate::graph::filter::nations::{NationFilter, NationOrder};
use crate::graph::filter::phases::{PhaseFilter, PhaseOrder};
use crate::graph::filter::results::AthleteResultFilter;
use crate::graph::games::Games;
use crate::graph::head_to_head::HeadToHead;
use crate::graph::lineage::Lineage;
use crate::graph::list_size;
use crate::graph::medal_award::MedalAward;
use crate::graph::medal_table::{MedalRanking, MedalTables, TieRanking};
use crate::graph::medalist::{Medalist, Medalists};
pub(crate) use crate::graph::named::Named;
use crate::graph::nation::Nation;
use crate::graph::node::Node;
use crate::graph::on_this_day::OnThisDay;
use crate::graph::phase::Phase;
use crate::graph::search::{SearchKind, SearchResults};
use crate::graph::sport::Sport;
use crate::load::games::GamesList;
use crate::load::medal_award::AwardList;
use crate::load::nation::NationList;
use crate::load::phase::PhaseList;
use crate::page::args::{DEFAULT_PAGE, PageArgs};
use crate::page::connection::Paged;
use crate::question::athletes::AthletesOf;
use crate::question::scope::{Scope, ScopeKind};

/// The Olympic results graph: Games, nations, events, athletes, results, medals and records. Enum values and union members may be
/// added, so a client needs a default branch.
#[derive(Description)]
pub(crate) struct Query;

#[Object(use_type_description)]
impl Query {
    /// One Games by slug, such as `2012-summer`; null when there is none.
    async fn games(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Games> {
        nullable(Games::by_slug(ctx, slug).await)
    }

    /// All Games, oldest first by default. Cancelled and scheduled Games are included.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn all_games(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only Games that match this filter.")] filter: Option<GamesFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<GamesOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Games>> {
        let list = |criteria| GamesList { criteria, order: order_by.map(Into::into) };
        filtered_page(ctx, filter, list, None, PageArgs { first, after, last, before }, Games).await
    }

    /// One event at one Games by slug, such as `2012-summer/cycling-road/individual-time-trial/men`; null when there is none.
    async fn event_edition(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<EventEdition> {
        nullable(EventEdition::by_slug(ctx, slug).await)
    }

    /// One event across Games by slug, such as `cycling-track/time-trial/men`; null when there is none.
    async fn event(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Event> {
        nullable(Event::by_slug(ctx, slug).await)
    }

    /// The rounds, heats and finals of all editions, by their local date and time at the venue by default.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE), directive = cost::apply(COUNTING))]
    async fn phases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only phases that match this filter.")] filter: Option<PhaseFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<PhaseOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Phase>> {
        let list = |criteria| PhaseList { criteria, order: order_by.map(Into::into) };
        filtered_page(ctx, filter, list, None, PageArgs { first, after, last, before }, Phase).await
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

    /// All sports, sorted by slug.
    #[graphql(directive = list_size::Bound::apply(70))]
    async fn sports(&self, ctx: &Context<'_>) -> Result<Vec<Sport>> {
        Sport::every(ctx).await
    }

    /// One athlete by slug, such as `bradley-wiggins`. A former slug, and any other name that only one athlete has, lead to the same athlete.
    /// Null when there is none.
    async fn athlete(&self, ctx: &Context<'_>, #[graphql(desc = "The slug.")] slug: String) -> Nullable<Athlete> {
        nullable(Athlete::by_slug(ctx, slug).await)
    }

    #[graphql(flatten)]
    async fn athletes(&self) -> Athletes {
        Athletes { of: AthletesOf::World, parent: None }
    }

    /// One nation by code or slug; null when there is none. If several teams have used the code, the most recent one is returned.
    async fn nation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, `GBR`, or the slug, `ROC@1912`.")] code: String,
        #[graphql(desc = "A year in which the team used the code. The code may be one that the team no longer uses.")] year: Option<i32>,
    ) -> Nullable<Nation> {
        nullable(Nation::by_code(ctx, code, year).boxed().await)
    }

    /// All nations, sorted by code by default.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn nations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only nations that match this filter.")] filter: Option<NationFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<NationOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Nation>> {
        let list = |criteria| NationList { criteria, order: order_by.map(Into::into) };
        filtered_page(ctx, filter, list, None, PageArgs { first, after, last, before }, Nation).await
    }

    /// All lineages: named ways to count several nations as one, sorted by slug.
    #[graphql(directive = list_size::Bound::apply(30))]
    async fn lineages(&self, ctx: &Context<'_>) -> Result<Vec<Lineage>> {
        Lineage::every(ctx).await
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::WORLD)
    }

    /// Individual medal awards, including vacant ones. By default, newest Games first, then by event, then gold, silver, bronze.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn medal_awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to list; by default, official Olympic medals.")] filter: Option<MedalFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<MedalAwardOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<MedalAward>> {
        let list = |criteria| AwardList::new(ScopeKind::World, criteria, order_by.map(Into::into));
        filtered_page(ctx, filter, list, None, PageArgs { first, after, last, before }, MedalAward).await
    }

    /// The athletes with the most medals, best first by default. Ties are listed by family name.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE), directive = cost::apply(COUNTING_ALL))]
    async fn multiple_medalists(
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
        let all = Medalists::new(ctx, Scope::WORLD, filter, min_medals, (ranking, ties)).boxed().await?;
        all.ordered(order_by.map(Into::into)).page(ctx, &PageArgs { first, after, last, before }).boxed().await
    }

    /// The first medals of each colour, of a nation, of a sport, of a nation in a sport, or of all: gold, silver, bronze. There are several of one
    /// colour where they were won on the same day. Where the day of some is unknown, each that may be the first is included, up to 100 medals.
    /// Only loaded data is included. `MedalTable.missing`, with the same filter, lists the Games that are not loaded.
    #[graphql(directive = list_size::Bound::apply(100), directive = cost::apply(COUNTING_FIRSTS))]
    async fn firsts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The nation, by slug or code.")] nation: Option<String>,
        #[graphql(desc = "The sport, by slug.")] sport: Option<String>,
        #[graphql(desc = "Which medals to consider; by default, official Olympic medals.")] filter: Option<MedalFilter>,
    ) -> Result<Vec<MedalAward>> {
        MedalAward::firsts_of(ctx, nation, sport, filter).boxed().await
    }

    /// Where athletes met, who was ahead, and how often.
    async fn head_to_head(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From 2 to 10 athletes, by slug, or by a name that only one athlete has.")] athletes: Vec<String>,
        #[graphql(desc = "Consider only results that match this filter.")] filter: Option<AthleteResultFilter>,
    ) -> Result<HeadToHead> {
        HeadToHead::between(ctx, athletes, filter).boxed().await
    }

    /// The records, events and births on one day of the year, in any year.
    async fn on_this_day(
        &self,
        #[graphql(desc = "The month, from 1 to 12.")] month: i32,
        #[graphql(desc = "The day of the month.")] day: i32,
    ) -> Result<OnThisDay> {
        OnThisDay::new(month, day)
    }

    /// Searches all forms of names, ignoring case and accents. Several words may appear apart and in any order. A text of two letters
    /// finds only names that begin with it; a single letter finds only names that equal it. Athletes are also found by other spellings of their
    /// names, such as Larysa for Larisa or Steve for Stephen.
    #[graphql(directive = list_size::Hits::apply())]
    async fn search(
        &self,
        #[graphql(desc = "The name, or part of it.")] text: String,
        #[graphql(desc = "Return only objects of these kinds.")] kinds: Option<Vec<SearchKind>>,
        #[graphql(desc = "The number of hits to return; at most 100.", default = 10)] first: i32,
    ) -> Result<SearchResults> {
        SearchResults::new(&text, kinds, first)
    }

    /// Any object by its global id. An unknown id gives null, and a malformed one is an error.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The global id.")] id: ID) -> Nullable<Node> {
        nullable(Node::by_id(ctx, &id).boxed().await)
    }

    /// Several objects by their global ids, in the same order. An unknown or malformed id gives null.
    #[graphql(directive = list_size::Bound::apply(100))]
    async fn nodes(&self, ctx: &Context<'_>, #[graphql(desc = "The global ids, at most 100.")] ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        Node::by_ids(ctx, &ids).boxed().await
    }

    /// This server: its version, its limits, and the sources of its data.
    async fn about(&self) -> About {
        About
    }
}
