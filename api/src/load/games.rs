//! The Games, their hosts and delegations.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::search_term::SearchKind;
use podium_entity::{delegation, entry_member, event_edition, games, games_host};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use crate::error::Result;
use crate::graph::games::{GamesFilter, GamesOrder, GamesOrderField};
use crate::graph::order_direction::OrderDirection;
use crate::load::filter::{Calendar, any_of, join, named, nation_in};
use crate::load::{Db, children, group, owned};
use crate::page::{Listing, Order};
use crate::rules::chronology::{chronology, chronology_sql};

children! {
    /// The cities that hosted a Games, the main one first.
    HostsOfGames: games_host by GamesId in [Sequence];
    /// The nations at a Games.
    DelegationsOfGames: delegation by GamesId in [];
}

/// All Games there are, oldest first: about seventy, so that runs and neighbours need no query of their own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EveryGames;

impl Loader<EveryGames> for Db {
    type Value = Vec<games::Model>;
    type Error = DbErr;

    async fn load(&self, _: &[EveryGames]) -> std::result::Result<HashMap<EveryGames, Self::Value>, DbErr> {
        let all = games::Entity::find().order_by_asc(chronology_sql()).order_by_asc(games::Column::Slug).all(&self.0).await?;
        Ok(HashMap::from([(EveryGames, all)]))
    }
}

/// The Games that a nation sent a delegation to, oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GamesOfNation(pub(crate) Uuid);

impl Loader<GamesOfNation> for Db {
    type Value = Vec<games::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[GamesOfNation]) -> std::result::Result<HashMap<GamesOfNation, Self::Value>, DbErr> {
        let mut select = games::Entity::find().expr_as(delegation::Column::NationId.into_expr(), "owner");
        join(QueryTrait::query(&mut select), delegation::Entity, delegation::Column::GamesId, games::Column::Id);
        let nations = keys.iter().map(|key| key.0);
        let select =
            select.filter(delegation::Column::NationId.is_in(nations)).order_by_asc(chronology_sql()).order_by_asc(games::Column::Slug);
        Ok(group(owned(self, select).await?.into_iter().map(|(nation, games)| (GamesOfNation(nation), games))))
    }
}

/// The Games that an athlete was entered at, oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GamesOfAthlete(pub(crate) Uuid);

impl Loader<GamesOfAthlete> for Db {
    type Value = Vec<games::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[GamesOfAthlete]) -> std::result::Result<HashMap<GamesOfAthlete, Self::Value>, DbErr> {
        let mut select = games::Entity::find().expr_as(entry_member::Column::AthleteId.into_expr(), "owner").distinct();
        let query = QueryTrait::query(&mut select);
        join(query, event_edition::Entity, event_edition::Column::GamesId, games::Column::Id);
        join(query, entry_member::Entity, entry_member::Column::EditionId, event_edition::Column::Id);
        let select = select.filter(entry_member::Column::AthleteId.is_in(keys.iter().map(|key| key.0)));
        let mut rows = owned(self, select).await?;
        rows.sort_by_cached_key(|(_, games)| (chronology(games), games.slug.clone()));
        Ok(group(rows.into_iter().map(|(athlete, games)| (GamesOfAthlete(athlete), games))))
    }
}

/// The Games that a filter lets through.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct GamesList {
    pub(crate) filter: GamesFilter,
    pub(crate) order: Option<GamesOrder>,
}

impl Listing for GamesList {
    type Entity = games::Entity;

    fn select(&self) -> Result<Select<games::Entity>> {
        let filter = &self.filter;
        let calendar = Calendar { games: filter.slug.as_ref(), season: filter.season.as_ref(), years: filter.years };
        let host = nation_in(games_host::Column::NationId.into_expr(), filter.host_nation.as_ref())?;
        let condition = calendar
            .condition()?
            .add_option(named(games::Column::Id, SearchKind::Games, filter.name.as_ref())?)
            .add_option(host.map(|host| games::Column::Id.in_subquery(hosted(host))))
            .add_option(any_of::<_, games::GamesKind>(games::Column::Kind, filter.kind.as_ref()))
            .add_option(any_of::<_, games::GamesStatus>(games::Column::Status, filter.status.as_ref()))
            .add_option(any_of::<_, games::Recognition>(games::Column::Recognition, filter.recognition.as_ref()));
        Ok(games::Entity::find().filter(condition))
    }

    fn order(&self) -> Order {
        let order = match self.order.map(|order| order.field) {
            Some(GamesOrderField::Name) => Order::by("name").text(games::Column::Name.into_expr()).text(games::Column::Slug.into_expr()),
            Some(GamesOrderField::Year) | None => Order::by("year").int(chronology_sql()).text(games::Column::Slug.into_expr()),
        };
        order.towards(self.order.map_or(OrderDirection::Asc, |order| order.direction))
    }
}

/// The Games with a host city that fits.
fn hosted(host: Expr) -> SelectStatement {
    Query::select().column(games_host::Column::GamesId).from(games_host::Entity).and_where(host).take()
}
