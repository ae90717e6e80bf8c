//! Medal awards: one way to choose them, for lists, counts and tables alike.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::event_edition::EditionStatus;
use podium_entity::games::{GamesKind, Recognition};
use podium_entity::medal_award::{Medal, MedalAwardStatus};
use podium_entity::{delegation, discipline, event, event_edition, event_family, games, medal_award, medal_recipient, nation};
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, SelectStatement};
use sea_orm::{Condition, JoinType, QueryOrder, QuerySelect, QueryTrait};

use crate::error::{Error, Result};
use crate::graph::event_edition::EditionStatus as ShownStatus;
use crate::graph::games::{GamesKind as ShownKind, Season};
use crate::graph::medal_award::{MedalAwardOrder, MedalAwardOrderField, MedalFilter};
use crate::graph::order_direction::OrderDirection;
use crate::load::filter::{Calendar, Level, Programme, any_of, join, join_games_and_programme, nation_in, on, valid_on};
use crate::load::{Db, alias, children, group, owned};
use crate::page::{Listing, Order};
use crate::rules::chronology::chronology_sql;
use crate::rules::ranking::Tally;

children! {
    /// The athletes who hold an award.
    RecipientsOfAward: medal_recipient by AwardId in [];
    /// The awards that took the place of one.
    AwardsReplacing: medal_award by ReplacesId in [ValidFrom];
    /// All awards that an entry ever had.
    AwardsOfEntry: medal_award by EntryId in [ValidFrom];
}

/// Whose medals are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ScopeKind {
    World,
    Games,
    Sport,
    Discipline,
    Family,
    Event,
    Nation,
    Athlete,
}

/// A thing that has medals: a Games, an event, an athlete; or everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) kind: ScopeKind,
    pub(crate) id: Option<Uuid>,
}

impl Scope {
    pub(crate) const WORLD: Self = Self { kind: ScopeKind::World, id: None };

    pub(crate) fn of(kind: ScopeKind, id: Uuid) -> Self {
        Self { kind, id: Some(id) }
    }
}

impl ScopeKind {
    /// The column of `awards` that tells whose an award is.
    pub(super) fn owner(self) -> Option<Expr> {
        Some(match self {
            Self::World => return None,
            Self::Games => games::Column::Id.into_expr(),
            Self::Sport => discipline::Column::SportId.into_expr(),
            Self::Discipline => event_family::Column::DisciplineId.into_expr(),
            Self::Family => event::Column::FamilyId.into_expr(),
            Self::Event => event_edition::Column::EventId.into_expr(),
            Self::Nation => medal_award::Column::NationId.into_expr(),
            Self::Athlete => medal_recipient::Column::AthleteId.into_expr(),
        })
    }

    /// How far up the programme the owner stands.
    pub(super) fn level(self) -> Level {
        match self {
            Self::Sport => Level::Discipline,
            Self::Discipline => Level::Family,
            Self::Family => Level::Event,
            Self::World | Self::Games | Self::Event | Self::Nation | Self::Athlete => Level::Edition,
        }
    }
}

/// How far up the programme a filter reaches.
pub(super) fn level(filter: &MedalFilter) -> Level {
    let of_event = if filter.gender.is_some() { Level::Event } else { Level::Edition };
    programme(filter).level().max(of_event)
}

fn programme(filter: &MedalFilter) -> Programme<'_> {
    Programme {
        sport: filter.sport.as_ref(),
        discipline: filter.discipline.as_ref(),
        family: filter.family.as_ref(),
        event: filter.event.as_ref(),
    }
}

/// The awards that a filter lets through, vacant ones too, joined to their edition and Games, and to the
/// programme as far as scope and filter reach, or further.
pub(crate) fn awards(scope: ScopeKind, filter: &MedalFilter, further: Level) -> Result<Select<medal_award::Entity>> {
    let mut select = awards_at(scope == ScopeKind::Games, filter, scope.level().max(further))?;
    if scope == ScopeKind::Athlete {
        join(QueryTrait::query(&mut select), medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
    }
    Ok(select)
}

/// Like `awards`, for a question that does or does not name its Games itself.
pub(crate) fn awards_at(names_games: bool, filter: &MedalFilter, further: Level) -> Result<Select<medal_award::Entity>> {
    let condition = Condition::all()
        .add(valid_on(filter.as_of.map(|day| day.0)))
        .add(games_condition(names_games, filter)?)
        .add(edition_condition(filter)?)
        .add_option(nation_in(medal_award::Column::NationId.into_expr(), filter.nation.as_ref())?)
        .add_option(any_of::<_, Medal>(medal_award::Column::Medal, filter.medal.as_ref()));
    let mut select = medal_award::Entity::find().filter(condition);
    let query = QueryTrait::query(&mut select);
    join(query, event_edition::Entity, event_edition::Column::Id, medal_award::Column::EditionId);
    join_games_and_programme(query, level(filter).max(further));
    Ok(select)
}

/// Which Games count: the official Olympic ones, unless the scope or the filter names others.
pub(crate) fn games_condition(names_games: bool, filter: &MedalFilter) -> Result<Condition> {
    let is_named = names_games || filter.games.is_some();
    let names_intercalated = filter.season.as_ref().is_some_and(|seasons| seasons.contains(&Season::Intercalated));
    let kinds = filter.games_kind.clone().or_else(|| (!is_named).then(|| vec![ShownKind::Olympic]));
    let calendar = Calendar { games: filter.games.as_ref(), season: filter.season.as_ref(), years: filter.years };
    let mut condition = calendar.condition()?.add_option(any_of::<_, GamesKind>(games::Column::Kind, kinds.as_ref()));
    if !is_named && !filter.include_unofficial_games.unwrap_or_default() {
        let intercalated = names_intercalated.then(|| games::Column::Season.eq(games::Season::Intercalated));
        condition = condition.add(Condition::any().add(games::Column::Recognition.eq(Recognition::Official)).add_option(intercalated));
    }
    Ok(condition)
}

/// Which editions count: those for medals, unless the filter says otherwise.
pub(crate) fn edition_condition(filter: &MedalFilter) -> Result<Condition> {
    let statuses = filter.edition_status.clone().unwrap_or_else(|| vec![ShownStatus::Medal]);
    Ok(programme(filter)
        .condition()?
        .add_option(any_of::<_, EditionStatus>(event_edition::Column::Status, Some(&statuses)))
        .add_option(any_of::<_, event::EventGender>(event::Column::Gender, filter.gender.as_ref())))
}

/// A number of awards of one colour, as SQL.
pub(super) fn colour(medal: Medal) -> Expr {
    let counted = CaseStatement::new().case(medal_award::Column::Medal.eq(medal), 1).finally(0);
    Func::cast_as(Func::sum(counted), alias("bigint")).into()
}

/// Adds `gold`, `silver` and `bronze` to a grouped query.
pub(super) fn select_tally(query: &mut SelectStatement) {
    for (medal, name) in [(Medal::Gold, "gold"), (Medal::Silver, "silver"), (Medal::Bronze, "bronze")] {
        query.expr_as(colour(medal), alias(name));
    }
}

/// Reads what `select_tally` selected.
pub(super) fn read_tally(row: &QueryResult) -> std::result::Result<Tally, DbErr> {
    let count = |name| row.try_get::<i64>("", name).map(|count| i32::try_from(count).unwrap_or(i32::MAX));
    Ok(Tally { gold: count("gold")?, silver: count("silver")?, bronze: count("bronze")? })
}

/// The medals of a nation within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NationTally {
    pub(crate) nation_id: Uuid,
    pub(crate) tally: Tally,
    /// Whether any of its delegations in the scope is ranked in the medal table.
    pub(crate) is_ranked: bool,
}

/// The medals of each nation within a scope; a team's medal counts once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationTallies {
    pub(crate) scope: Scope,
    pub(crate) filter: MedalFilter,
}

impl Loader<NationTallies> for Db {
    type Value = Vec<NationTally>;
    type Error = Error;

    async fn load(&self, keys: &[NationTallies]) -> Result<HashMap<NationTallies, Self::Value>> {
        let mut tallies = Vec::new();
        for ((kind, filter), ids) in by_scope(keys.iter().map(|key| (key.scope, key.filter.clone()))) {
            let mut statement = grouped(kind, &filter, &ids, medal_award::Column::NationId.into_expr())?;
            // Few delegations are not ranked, and they have an index of their own.
            let unranked = CaseStatement::new().case(delegation::Column::Id.is_not_null(), 0).finally(1);
            let same = Condition::all()
                .add(on(delegation::Column::GamesId, games::Column::Id))
                .add(on(delegation::Column::NationId, medal_award::Column::NationId))
                .add(delegation::Column::RanksInMedalTable.into_expr().not());
            statement.join(JoinType::LeftJoin, delegation::Entity, same);
            statement.expr_as(Func::cast_as(Func::max(unranked), alias("bigint")), alias("ranked"));
            for row in self.0.query_all(&statement).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let is_ranked = row.try_get::<i64>("", "ranked")? == 1;
                let tally = NationTally { nation_id: row.try_get("", "member")?, tally: read_tally(&row)?, is_ranked };
                tallies.push((NationTallies { scope, filter: filter.clone() }, tally));
            }
        }
        Ok(group(tallies))
    }
}

/// Questions that differ only in whom they are about, so that one statement answers them all.
pub(super) fn by_scope<F: Eq + std::hash::Hash>(keys: impl Iterator<Item = (Scope, F)>) -> HashMap<(ScopeKind, F), Vec<Uuid>> {
    let mut scopes: HashMap<(ScopeKind, F), Vec<Uuid>> = HashMap::new();
    for (scope, filter) in keys {
        scopes.entry((scope.kind, filter)).or_default().extend(scope.id);
    }
    scopes
}

/// Held awards grouped by owner, with nothing selected but `owner`.
pub(super) fn held_by(kind: ScopeKind, filter: &MedalFilter, ids: &[Uuid]) -> Result<Select<medal_award::Entity>> {
    let mut select = awards(kind, filter, Level::Edition)?.filter(medal_award::Column::Status.ne(MedalAwardStatus::Vacant));
    let query = QueryTrait::query(&mut select).clear_selects();
    if let Some(owner) = kind.owner() {
        query.expr_as(owner.clone(), alias("owner")).and_where(owner.clone().is_in(ids.iter().copied())).add_group_by([owner]);
    }
    Ok(select)
}

/// Held awards counted per owner and `member`, as columns `owner`, `member`, `gold`, `silver` and `bronze`.
fn grouped(kind: ScopeKind, filter: &MedalFilter, ids: &[Uuid], member: Expr) -> Result<SelectStatement> {
    let mut select = held_by(kind, filter, ids)?;
    let query = QueryTrait::query(&mut select);
    query.expr_as(member.clone(), alias("member")).add_group_by([member]);
    select_tally(query);
    Ok(query.take())
}

/// Reads the owner that `held_by` selected.
pub(super) fn read_owner(kind: ScopeKind, row: &QueryResult) -> std::result::Result<Option<Uuid>, DbErr> {
    match kind {
        ScopeKind::World => Ok(None),
        _ => row.try_get("", "owner").map(Some),
    }
}

/// How many medals a scope has, of whatever nation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TallyOf {
    pub(crate) scope: Scope,
    pub(crate) filter: MedalFilter,
}

impl Loader<TallyOf> for Db {
    type Value = Tally;
    type Error = Error;

    async fn load(&self, keys: &[TallyOf]) -> Result<HashMap<TallyOf, Tally>> {
        let mut tallies = HashMap::new();
        for ((kind, filter), ids) in by_scope(keys.iter().map(|key| (key.scope, key.filter.clone()))) {
            let owner = kind.owner().ok_or(Error::Inconsistent("a tally of everything"))?;
            for row in self.0.query_all(&grouped(kind, &filter, &ids, owner)?).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                tallies.insert(TallyOf { scope, filter: filter.clone() }, read_tally(&row)?);
            }
        }
        Ok(tallies)
    }
}

/// The awards of an athlete, newest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AwardsOfAthlete {
    pub(crate) athlete: Uuid,
    pub(crate) filter: MedalFilter,
}

impl Loader<AwardsOfAthlete> for Db {
    type Value = Vec<medal_award::Model>;
    type Error = Error;

    async fn load(&self, keys: &[AwardsOfAthlete]) -> Result<HashMap<AwardsOfAthlete, Self::Value>> {
        let mut found = Vec::new();
        for (filter, athletes) in group(keys.iter().map(|key| (key.filter.clone(), key.athlete))) {
            let select = awards(ScopeKind::Athlete, &filter, Level::Event)?
                .expr_as(medal_recipient::Column::AthleteId.into_expr(), "owner")
                .filter(medal_recipient::Column::AthleteId.is_in(athletes))
                .order_by_desc(chronology_sql())
                .order_by_asc(event::Column::Slug)
                .order_by_asc(medal_place())
                .order_by_asc(medal_award::Column::Id);
            let rows = owned(self, select).await?;
            found.extend(rows.into_iter().map(|(athlete, award)| (AwardsOfAthlete { athlete, filter: filter.clone() }, award)));
        }
        Ok(group(found))
    }
}

/// All awards of an edition, of every time: gold, silver, bronze, then by nation, the older first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AwardsOfEdition(pub(crate) Uuid);

impl Loader<AwardsOfEdition> for Db {
    type Value = Vec<medal_award::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[AwardsOfEdition]) -> std::result::Result<HashMap<AwardsOfEdition, Self::Value>, DbErr> {
        let mut select = medal_award::Entity::find().filter(medal_award::Column::EditionId.is_in(keys.iter().map(|key| key.0)));
        let query = QueryTrait::query(&mut select);
        query.join(JoinType::LeftJoin, nation::Entity, on(nation::Column::Id, medal_award::Column::NationId));
        let since = Func::coalesce([Expr::col((medal_award::Entity, medal_award::Column::ValidFrom)).cast_as("text"), Expr::value("")]);
        let nation = Func::coalesce([nation::Column::Slug.into_expr(), Expr::value("")]);
        let select = select
            .order_by_asc(medal_place())
            .order_by_asc(Expr::from(nation))
            .order_by_asc(Expr::from(since))
            .order_by_asc(medal_award::Column::Id);
        Ok(group(select.all(&self.0).await?.into_iter().map(|award| (AwardsOfEdition(award.edition_id), award))))
    }
}

/// Gold before silver before bronze, as SQL.
fn medal_place() -> Expr {
    let medal = medal_award::Column::Medal;
    CaseStatement::new().case(medal.eq(Medal::Gold), 1).case(medal.eq(Medal::Silver), 2).finally(3).into()
}

/// The awards that a filter lets through, everywhere or of nations.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AwardList {
    pub(crate) kind: ScopeKind,
    pub(crate) filter: MedalFilter,
    pub(crate) order: Option<MedalAwardOrder>,
}

impl Listing for AwardList {
    type Entity = medal_award::Entity;

    fn select(&self) -> Result<Select<medal_award::Entity>> {
        awards(self.kind, &self.filter, Level::Event)
    }

    fn owner(&self) -> Option<Expr> {
        self.kind.owner()
    }

    fn order(&self) -> Order {
        let by_event = |order: Order| order.text(event::Column::Slug.into_expr()).int(medal_place());
        let newest_first = MedalAwardOrder { field: MedalAwardOrderField::Games, direction: OrderDirection::Desc };
        let MedalAwardOrder { field, direction } = self.order.unwrap_or(newest_first);
        match field {
            MedalAwardOrderField::Games => by_event(Order::by("games").int_towards(direction, chronology_sql())),
            MedalAwardOrderField::Medal => by_event(Order::by("medal").int_towards(direction, medal_place()).int(chronology_sql().mul(-1))),
        }
    }
}
