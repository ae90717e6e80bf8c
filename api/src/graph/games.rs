//! `Games`: one celebration, held or not.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::games;

use crate::error::Result;
use crate::graph::athlete::Athletes;
use crate::graph::cost::{COUNTING_PARTICIPANTS, cost};
use crate::graph::date::Date;
use crate::graph::delegation::Delegation;
use crate::graph::event_edition::EventEdition;
use crate::graph::external_id::ExternalId;
use crate::graph::filter::editions::EventEditionFilter;
use crate::graph::filter::participation::ParticipationFilter;
use crate::graph::filter::{by_criteria, filtered_page};
use crate::graph::host_city::HostCity;
use crate::graph::list_size;
use crate::graph::medal_table::MedalTables;
use crate::graph::narrative::Narrative;
use crate::graph::nation::NationKind;
use crate::graph::node::{NodeType, global_id};
use crate::graph::participation::Participation;
use crate::graph::sport::Sport;
use crate::graph::venue::Venue;
use crate::load::event_edition::EditionsOfGames;
use crate::load::games::{EveryGames, HostsOfGames, SportsOfGames, VenuesOfGames};
use crate::load::narrative::{ExternalIdsOfGames, NarrativesOfGames};
use crate::load::participation::ParticipationIn;
use crate::loader::LoaderContext;
use crate::page::args::{DEFAULT_PAGE, PageArgs};
use crate::page::connection::Paged;
use crate::question::athletes::AthletesOf;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;

/// One celebration of the Olympic Games, such as London 2012. Cancelled and future Games are also included.
#[derive(Description)]
pub(crate) struct Games(pub(crate) Arc<games::Model>);

/// The season of a Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "games::Season")]
pub(crate) enum Season {
    /// Summer Games.
    Summer,
    /// Winter Games, since 1924.
    Winter,
    /// Athens 1906, between two summer Games.
    Intercalated,
}

/// The kind of Games: Olympic, Youth Olympic or Paralympic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "games::GamesKind")]
pub(crate) enum GamesKind {
    /// The Olympic Games.
    Olympic,
    /// The Youth Olympic Games.
    Youth,
    /// The Paralympic Games.
    Paralympic,
}

/// Whether a Games took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "games::GamesStatus")]
pub(crate) enum GamesStatus {
    /// In the future, with a date.
    Scheduled,
    /// Held, even if late: the 2020 Games were held in 2021.
    Held,
    /// Cancelled because of a war.
    Cancelled,
    /// Postponed, without a new date.
    Postponed,
}

/// Whether the International Olympic Committee counts a Games as official.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "games::Recognition")]
pub(crate) enum Recognition {
    /// Counted as official.
    Official,
    /// Not counted as official, such as Athens 1906.
    Unofficial,
}

/// How much data of a Games or an edition is loaded. From most to least: `FULL_RESULTS`, `PARTICIPANTS`, `MEDALS`, `PARTIAL`, `NONE`.
/// Data that is not loaded is unknown, not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "games::Coverage")]
pub(crate) enum Coverage {
    /// Every competitor with rank or mark.
    FullResults,
    /// Every competitor and every medal.
    Participants,
    /// Every medal.
    Medals,
    /// Some data, but not every medal.
    Partial,
    /// No data beyond the existence of the Games or edition.
    None,
}

#[Object(use_type_description)]
impl Games {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Games, self.0.id)
    }

    /// The readable identifier for lookups: `2012-summer`.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as usually printed: `2012 Summer Olympics`.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The year in the name of the Games: 2020 for those opened in July 2021.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// The season.
    async fn season(&self) -> Season {
        self.0.season.into()
    }

    /// Olympic, Youth Olympic or Paralympic.
    async fn kind(&self) -> GamesKind {
        self.0.kind.into()
    }

    /// Whether the Games took place.
    async fn status(&self) -> GamesStatus {
        self.0.status.into()
    }

    /// Whether the International Olympic Committee counts the Games as official.
    async fn recognition(&self) -> Recognition {
        self.0.recognition.into()
    }

    /// For Summer Games, the number of the Olympiad; cancelled Games keep their number (London 2012: 30). For Winter Games, the
    /// number of the Games, without cancelled ones. Null for cancelled Winter Games and for 1906.
    async fn olympiad_number(&self) -> Option<i32> {
        self.0.olympiad_number
    }

    /// The day of the opening; null when unknown or when the Games did not open.
    async fn opened_on(&self) -> Option<Date> {
        self.0.opened_on.map(Date)
    }

    /// The day of the closing; null when unknown or when the Games did not close.
    async fn closed_on(&self) -> Option<Date> {
        self.0.closed_on.map(Date)
    }

    /// The host cities, the main one first.
    #[graphql(directive = list_size::Bound::apply(5))]
    async fn host_cities(&self, ctx: &Context<'_>) -> Result<Vec<HostCity>> {
        Ok(ctx.loader().get_or_default(HostsOfGames(self.0.id)).await?.into_iter().map(HostCity).collect())
    }

    /// The previous Games of the same season and kind, including cancelled ones; null for the first.
    async fn previous(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let series = self.series(ctx).await?;
        Ok(series.into_iter().rfind(|games| games.year < self.0.year).map(Self))
    }

    /// The next Games of the same season and kind, including cancelled and scheduled ones; null for the last.
    async fn next(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let series = self.series(ctx).await?;
        Ok(series.into_iter().find(|games| games.year > self.0.year).map(Self))
    }

    /// The event editions at these Games, sorted by slug. Only loaded data is included.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn event_editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only editions that match this filter.")] filter: Option<EventEditionFilter>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<EventEdition>> {
        let list = |criteria| EditionsOfGames { criteria };
        filtered_page(ctx, filter, list, Some(self.0.id), PageArgs { first, after, last, before }, EventEdition).await
    }

    /// The sports with an event at these Games, sorted by slug. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(60))]
    async fn sports(&self, ctx: &Context<'_>) -> Result<Vec<Sport>> {
        Ok(ctx.loader().get_or_default(SportsOfGames(self.0.id)).await?.into_iter().map(Sport).collect())
    }

    /// The venues at which its events were held, sorted by name. Only venues that are recorded are included.
    #[graphql(directive = list_size::Bound::apply(60))]
    async fn venues(&self, ctx: &Context<'_>) -> Result<Vec<Venue>> {
        Ok(ctx.loader().get_or_default(VenuesOfGames(self.0.id)).await?.into_iter().map(Venue).collect())
    }

    /// The delegations of the nations that took part, sorted by code. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(220))]
    async fn delegations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only delegations of nations of these kinds.")] kind: Option<Vec<NationKind>>,
    ) -> Result<Vec<Delegation>> {
        Delegation::of_games(ctx, self.0.id, kind.as_deref()).await
    }

    /// The number of delegations. Only loaded data counts.
    async fn delegation_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Count only delegations of nations of these kinds, such as mixed teams.")] kind: Option<Vec<NationKind>>,
    ) -> Result<i32> {
        let delegations = Delegation::of_games(ctx, self.0.id, kind.as_deref()).await?;
        Ok(i32::try_from(delegations.len()).unwrap_or(i32::MAX))
    }

    /// How many athletes took part, and their ages, heights and weights. Only loaded data counts.
    #[graphql(directive = cost::apply(COUNTING_PARTICIPANTS))]
    async fn participation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Count only participants that match this filter.")] filter: Option<ParticipationFilter>,
    ) -> Result<Participation> {
        let counted = |criteria| ctx.loader().get(ParticipationIn { games: self.0.id, criteria });
        Ok(Participation::new(&self.0, by_criteria(ctx, filter, counted).await?))
    }

    /// Narrative texts about these Games.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn narratives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only this section, such as `history`.")] section: Option<String>,
    ) -> Result<Vec<Narrative>> {
        Ok(Narrative::of_section(ctx.loader().get_or_default(NarrativesOfGames(self.0.id)).await?, section.as_ref()))
    }

    /// The identifiers of these Games in other data sets.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn external_ids(&self, ctx: &Context<'_>) -> Result<Vec<ExternalId>> {
        Ok(ctx.loader().get_or_default(ExternalIdsOfGames(self.0.id)).await?.into_iter().map(ExternalId::from).collect())
    }

    /// How much data of these Games is loaded.
    async fn coverage(&self) -> Coverage {
        self.0.coverage.into()
    }

    #[graphql(flatten)]
    async fn athletes(&self) -> Athletes {
        Athletes { of: AthletesOf::Games, parent: Some(self.0.id) }
    }

    #[graphql(flatten)]
    async fn medal_table(&self) -> MedalTables {
        MedalTables(Scope::of(ScopeKind::Games, self.0.id))
    }
}

impl Games {
    /// The Games with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::Games.check(&slug)?;
        Ok(ctx.loader().by_slug::<games::Entity>(slug).await?.map(Self))
    }

    async fn series(&self, ctx: &Context<'_>) -> Result<Vec<Arc<games::Model>>> {
        let mut all = ctx.loader().get_or_default(EveryGames).await?;
        all.retain(|games| games.season == self.0.season && games.kind == self.0.kind);
        Ok(all)
    }
}
