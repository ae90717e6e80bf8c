//! The Games, their hosts and delegations.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use podium_entity::event_edition::EditionStatus;
use podium_entity::search_term::SearchKind;
use podium_entity::{delegation, discipline, entry_member, event, event_edition, event_family, games, games_host, nation, sport, venue};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::sql::{calendar_condition, chronology, join, join_programme, named, nation_in, one_of};
use crate::loader::{Db, Key, Loaded, among, children, group, owned};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::games::{GamesCriteria, GamesOrder, GamesOrderField};
use crate::question::order::Direction;
use crate::question::programme::Level;
use crate::rules;

children! {
    /// The cities that hosted a Games, the main one first.
    HostsOfGames: games_host by GamesId in [Sequence];
    /// The cities of a nation that hosted a Games.
    HostingsOfNation: games_host by NationId in [];
    /// The delegations of a nation.
    DelegationsOfNation: delegation by NationId in [];
}

/// The delegations at a Games with their nations, sorted by slug. Two hundred separate loads of nations would need more memory than
/// the rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DelegationsOfGames(pub(crate) Uuid);

impl Key for DelegationsOfGames {
    type Value = Vec<(Arc<delegation::Model>, Arc<nation::Model>)>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let delegations = delegation::Entity::find()
            .filter(among(db, delegation::Column::GamesId.into_expr(), keys.iter().map(|key| key.0)))
            .find_also_related(nation::Entity)
            .order_by_asc(nation::Column::Slug);
        let (mut found, mut nations) = (Vec::new(), HashMap::new());
        for mut row in db.rows(&delegations.into_query()).await? {
            // SeaORM names the columns of the two tables so.
            let delegation = row.model::<delegation::Entity>("A_")?;
            let nation = match nations.entry(delegation.nation_id) {
                Entry::Occupied(known) => Arc::clone(known.get()),
                Entry::Vacant(new) => Arc::clone(new.insert(row.model::<nation::Entity>("B_")?)),
            };
            found.push((Self(delegation.games_id), (delegation, nation)));
        }
        Ok(group(found))
    }
}

/// All Games, oldest first. There are about seventy, so runs and neighbours are computed from them without another query.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EveryGames;

impl Key for EveryGames {
    type Value = Vec<Arc<games::Model>>;

    async fn load(db: &Db, _: &[Self]) -> Loaded<Self> {
        let all = db.all(games::Entity::find().order_by_asc(chronology()).order_by_asc(games::Column::Slug)).await?;
        Ok(HashMap::from([(EveryGames, all)]))
    }
}

/// The Games that a nation sent a delegation to, oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GamesOfNation(pub(crate) Uuid);

impl Key for GamesOfNation {
    type Value = Vec<Arc<games::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select = games::Entity::find().expr_as(delegation::Column::NationId.into_expr(), "owner");
        join(QueryTrait::query(&mut select), delegation::Entity, delegation::Column::GamesId, games::Column::Id);
        let nations = keys.iter().map(|key| key.0);
        let select = select
            .filter(among(db, delegation::Column::NationId.into_expr(), nations))
            .order_by_asc(chronology())
            .order_by_asc(games::Column::Slug);
        Ok(group(owned(db, select).await?.into_iter().map(|(nation, games)| (GamesOfNation(nation), games))))
    }
}

/// The Games that an athlete was entered at, oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GamesOfAthlete(pub(crate) Uuid);

impl Key for GamesOfAthlete {
    type Value = Vec<Arc<games::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select = games::Entity::find().expr_as(entry_member::Column::AthleteId.into_expr(), "owner").distinct();
        let query = QueryTrait::query(&mut select);
        join(query, event_edition::Entity, event_edition::Column::GamesId, games::Column::Id);
        join(query, entry_member::Entity, entry_member::Column::EditionId, event_edition::Column::Id);
        let select = select.filter(among(db, entry_member::Column::AthleteId.into_expr(), keys.iter().map(|key| key.0)));
        let mut rows = owned(db, select).await?;
        rows.sort_by_cached_key(|(_, games)| (rules::chronology::chronology(games), games.slug.clone()));
        Ok(group(rows.into_iter().map(|(athlete, games)| (GamesOfAthlete(athlete), games))))
    }
}

/// The Games with an edition of an event of a sport, oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GamesOfSport(pub(crate) Uuid);

impl Key for GamesOfSport {
    type Value = Vec<Arc<games::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut rows = owned(db, with_editions_in(db, keys.iter().map(|key| key.0))).await?;
        rows.sort_by_cached_key(|(_, games)| (rules::chronology::chronology(games), games.slug.clone()));
        Ok(group(rows.into_iter().map(|(sport, games)| (GamesOfSport(sport), games))))
    }
}

/// The ids of the Games at which an event of a sport was held for medals.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GamesWithMedalsIn(pub(crate) Uuid);

impl Key for GamesWithMedalsIn {
    type Value = Vec<Uuid>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let for_medals = event_edition::Column::Status.is_in([EditionStatus::Medal, EditionStatus::Art]);
        let rows = owned(db, with_editions_in(db, keys.iter().map(|key| key.0)).filter(for_medals)).await?;
        Ok(group(rows.into_iter().map(|(sport, games)| (GamesWithMedalsIn(sport), games.id))))
    }
}

/// The Games with an edition in one of these sports, each with the sport as its `owner`.
fn with_editions_in(db: &Db, sports: impl Iterator<Item = Uuid>) -> Select<games::Entity> {
    let mut select = games::Entity::find().expr_as(discipline::Column::SportId.into_expr(), "owner").distinct();
    let query = QueryTrait::query(&mut select);
    join(query, event_edition::Entity, event_edition::Column::GamesId, games::Column::Id);
    join(query, event::Entity, event::Column::Id, event_edition::Column::EventId);
    join_programme(query, Level::Discipline);
    select.filter(among(db, discipline::Column::SportId.into_expr(), sports))
}

/// The sports with an edition at a Games, sorted by slug.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SportsOfGames(pub(crate) Uuid);

impl Key for SportsOfGames {
    type Value = Vec<Arc<sport::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select = sport::Entity::find().expr_as(event_edition::Column::GamesId.into_expr(), "owner").distinct();
        let query = QueryTrait::query(&mut select);
        join(query, discipline::Entity, discipline::Column::SportId, sport::Column::Id);
        join(query, event_family::Entity, event_family::Column::DisciplineId, discipline::Column::Id);
        join(query, event::Entity, event::Column::FamilyId, event_family::Column::Id);
        join(query, event_edition::Entity, event_edition::Column::EventId, event::Column::Id);
        let games = keys.iter().map(|key| key.0);
        let select = select.filter(among(db, event_edition::Column::GamesId.into_expr(), games)).order_by_asc(sport::Column::Slug);
        Ok(group(owned(db, select).await?.into_iter().map(|(games, sport)| (SportsOfGames(games), sport))))
    }
}

/// The venues of the editions at a Games, sorted by name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct VenuesOfGames(pub(crate) Uuid);

impl Key for VenuesOfGames {
    type Value = Vec<Arc<venue::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select = venue::Entity::find().expr_as(event_edition::Column::GamesId.into_expr(), "owner").distinct();
        join(QueryTrait::query(&mut select), event_edition::Entity, event_edition::Column::VenueId, venue::Column::Id);
        let games = keys.iter().map(|key| key.0);
        let select = select
            .filter(among(db, event_edition::Column::GamesId.into_expr(), games))
            .order_by_asc(venue::Column::Name)
            .order_by_asc(venue::Column::Key);
        Ok(group(owned(db, select).await?.into_iter().map(|(games, venue)| (VenuesOfGames(games), venue))))
    }
}

/// The Games that meet criteria.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct GamesList {
    pub(crate) criteria: GamesCriteria,
    pub(crate) order: Option<GamesOrder>,
}

impl Listing for GamesList {
    type Entity = games::Entity;

    fn name(&self) -> &'static str {
        "allGames"
    }

    fn select(&self, db: &Db) -> Select<games::Entity> {
        let GamesCriteria { calendar, kind, status, recognition, name, host_nation } = &self.criteria;
        let host = nation_in(games_host::Column::NationId, host_nation.as_ref());
        let condition = calendar_condition(calendar)
            .add_option(named(db, games::Column::Id, SearchKind::Games, name.as_ref()))
            .add_option(host.map(|host| games::Column::Id.in_subquery(hosted(host))))
            .add_option(one_of(games::Column::Kind, kind.as_ref()))
            .add_option(one_of(games::Column::Status, status.as_ref()))
            .add_option(one_of(games::Column::Recognition, recognition.as_ref()));
        games::Entity::find().filter(condition)
    }

    fn order(&self) -> Order {
        let order = match self.order.map(|order| order.field) {
            Some(GamesOrderField::Name) => Order::by("name").text(games::Column::Name.into_expr()).text(games::Column::Slug.into_expr()),
            Some(GamesOrderField::Year) | None => Order::by("year").int(chronology()).text(games::Column::Slug.into_expr()),
        };
        order.towards(self.order.map_or(Direction::Asc, |order| order.direction))
    }
}

/// The Games with a matching host city.
fn hosted(host: Expr) -> SelectStatement {
    Query::select().column(games_host::Column::GamesId).from(games_host::Entity).and_where(host).take()
}
