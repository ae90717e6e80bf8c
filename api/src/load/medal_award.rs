//! Medal awards: lists, counts and tables all select them in the same way.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use podium_entity::event_edition::EditionStatus;
use podium_entity::games::{GamesKind, Recognition};
use podium_entity::medal_award::{Medal, MedalAwardStatus};
use podium_entity::{discipline, event, event_edition, event_family, games, medal_age, medal_award, medal_recipient, nation};
use podium_store::Row;
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, Query};
use sea_orm::{Condition, JoinType, QueryOrder, QuerySelect, QueryTrait};

use super::sql::{
    alias, calendar_condition, chronology, held_on, join, join_games_and_programme, nation_in, on, one_of, programme_condition,
};
use crate::loader::{Db, Key, Loaded, among, children, group, owned};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::medals::{MedalCriteria, MedalOrder, MedalOrderField};
use crate::question::order::Direction;
use crate::question::programme::Level;
use crate::question::scope::{Scope, ScopeKind};

children! {
    /// The athletes who hold an award.
    RecipientsOfAward: medal_recipient by AwardId in [];
    /// The awards that replaced an award.
    AwardsReplacing: medal_award by ReplacesId in [ValidFrom];
    /// All awards that an entry ever had.
    AwardsOfEntry: medal_award by EntryId in [ValidFrom];
}

/// The column with the owner of an award; `None` for the world, which has no owner.
pub(super) fn owner(scope: ScopeKind) -> Option<Expr> {
    Some(match scope {
        ScopeKind::World => return None,
        ScopeKind::Games => games::Column::Id.into_expr(),
        ScopeKind::Sport => discipline::Column::SportId.into_expr(),
        ScopeKind::Discipline => event_family::Column::DisciplineId.into_expr(),
        ScopeKind::Family => event::Column::FamilyId.into_expr(),
        ScopeKind::Event => event_edition::Column::EventId.into_expr(),
        ScopeKind::Nation => medal_award::Column::NationId.into_expr(),
        ScopeKind::Athlete => medal_recipient::Column::AthleteId.into_expr(),
    })
}

/// The level of the programme that has the owner column.
pub(super) fn owner_level(scope: ScopeKind) -> Level {
    match scope {
        ScopeKind::Sport => Level::Discipline,
        ScopeKind::Discipline => Level::Family,
        ScopeKind::Family => Level::Event,
        ScopeKind::World | ScopeKind::Games | ScopeKind::Event | ScopeKind::Nation | ScopeKind::Athlete => Level::Edition,
    }
}

/// The awards that match the criteria, including vacant ones. Joins their edition and Games, and the programme as far up as the scope, the
/// criteria and `further` require.
pub(crate) fn awards(scope: ScopeKind, criteria: &MedalCriteria, further: Level) -> Select<medal_award::Entity> {
    let mut select = awards_at(scope == ScopeKind::Games, criteria, owner_level(scope).max(further));
    if scope == ScopeKind::Athlete {
        join(QueryTrait::query(&mut select), medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
    }
    select
}

/// Like `awards`, for a caller that says whether the scope names its Games.
pub(crate) fn awards_at(names_games: bool, criteria: &MedalCriteria, further: Level) -> Select<medal_award::Entity> {
    let condition = Condition::all()
        .add(held_on(criteria.as_of.day()))
        .add(begun_by(criteria.as_of.day()))
        .add(games_condition(names_games, criteria))
        .add(edition_condition(criteria))
        .add_option(nation_in(medal_award::Column::NationId, criteria.nation.as_ref()))
        .add_option(one_of(medal_award::Column::Medal, criteria.medal.as_ref()))
        .add_option(criteria.won_on.and_then(|days| days.from).map(|from| medal_award::Column::WonOn.gte(from)))
        .add_option(criteria.won_on.and_then(|days| days.to).map(|to| medal_award::Column::WonOn.lte(to)));
    let mut select = medal_award::Entity::find().filter(condition);
    let query = QueryTrait::query(&mut select);
    join(query, event_edition::Entity, event_edition::Column::Id, medal_award::Column::EditionId);
    join_games_and_programme(query, criteria.level().max(further));
    select
}

/// The Games have begun. A medal whose day is unknown was not won before.
pub(super) fn begun_by(day: NaiveDate) -> Condition {
    Condition::any().add(games::Column::OpenedOn.is_null()).add(games::Column::OpenedOn.lte(day))
}

/// Which Games count: the official Olympic ones, unless the scope or the criteria name others.
pub(crate) fn games_condition(names_games: bool, criteria: &MedalCriteria) -> Condition {
    let is_named = names_games || criteria.calendar.games.is_some();
    let kinds = criteria.games_kind.clone().or_else(|| (!is_named).then(|| vec![GamesKind::Olympic]));
    let condition = calendar_condition(&criteria.calendar).add_option(one_of(games::Column::Kind, kinds.as_ref()));
    if is_named || criteria.include_unofficial_games {
        return condition;
    }
    let intercalated = criteria.names_intercalated().then(|| games::Column::Season.eq(games::Season::Intercalated));
    condition.add(Condition::any().add(games::Column::Recognition.eq(Recognition::Official)).add_option(intercalated))
}

/// Which editions count: those for medals, unless the criteria say otherwise.
pub(crate) fn edition_condition(criteria: &MedalCriteria) -> Condition {
    let statuses = criteria.edition_status.clone().unwrap_or_else(|| vec![EditionStatus::Medal]);
    programme_condition(&criteria.programme)
        .add_option(one_of(event_edition::Column::Status, Some(&statuses)))
        .add_option(one_of(event::Column::Gender, criteria.gender.as_ref()))
}

/// Groups keys that differ only in the id of their scope, so that one statement loads them all.
pub(super) fn by_scope<F: Eq + std::hash::Hash>(keys: impl Iterator<Item = (Scope, F)>) -> HashMap<(ScopeKind, F), Vec<Uuid>> {
    let mut scopes: HashMap<(ScopeKind, F), Vec<Uuid>> = HashMap::new();
    for (scope, filter) in keys {
        scopes.entry((scope.kind, filter)).or_default().extend(scope.id);
    }
    scopes
}

/// Held awards grouped by owner, with nothing selected but `owner`.
pub(super) fn held_by(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> Select<medal_award::Entity> {
    let mut select = awards(kind, criteria, Level::Edition).filter(medal_award::Column::Status.ne(MedalAwardStatus::Vacant));
    let query = QueryTrait::query(&mut select).clear_selects();
    if let Some(owner) = owner(kind) {
        query.expr_as(owner.clone(), alias("owner")).and_where(among(db, owner.clone(), ids.iter().copied())).add_group_by([owner]);
    }
    select
}

/// Reads the owner that `held_by` selected.
pub(super) fn read_owner(kind: ScopeKind, row: &Row) -> Result<Option<Uuid>, DbErr> {
    match kind {
        ScopeKind::World => Ok(None),
        _ => row.get("owner").map(Some),
    }
}

/// The awards of an athlete, newest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AwardsOfAthlete {
    pub(crate) athlete: Uuid,
    pub(crate) criteria: MedalCriteria,
}

impl Key for AwardsOfAthlete {
    type Value = Vec<Arc<medal_award::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = Vec::new();
        for (criteria, athletes) in group(keys.iter().map(|key| (key.criteria.clone(), key.athlete))) {
            let select = awards(ScopeKind::Athlete, &criteria, Level::Event)
                .expr_as(medal_recipient::Column::AthleteId.into_expr(), "owner")
                .filter(among(db, medal_recipient::Column::AthleteId.into_expr(), athletes))
                .order_by_desc(chronology())
                .order_by_asc(event::Column::Slug)
                .order_by_asc(medal_place())
                .order_by_asc(medal_award::Column::Id);
            let rows = owned(db, select).await?;
            found.extend(rows.into_iter().map(|(athlete, award)| (AwardsOfAthlete { athlete, criteria: criteria.clone() }, award)));
        }
        Ok(group(found))
    }
}

/// All awards of an edition, past and present: gold, silver, bronze, then by nation, older ones first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AwardsOfEdition(pub(crate) Uuid);

impl Key for AwardsOfEdition {
    type Value = Vec<Arc<medal_award::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select =
            medal_award::Entity::find().filter(among(db, medal_award::Column::EditionId.into_expr(), keys.iter().map(|key| key.0)));
        let query = QueryTrait::query(&mut select);
        query.join(JoinType::LeftJoin, nation::Entity, on(nation::Column::Id, medal_award::Column::NationId));
        let since = Func::coalesce([Expr::col((medal_award::Entity, medal_award::Column::ValidFrom)).cast_as("text"), Expr::value("")]);
        let nation = Func::coalesce([nation::Column::Slug.into_expr(), Expr::value("")]);
        let select = select
            .order_by_asc(medal_place())
            .order_by_asc(Expr::from(nation))
            .order_by_asc(Expr::from(since))
            .order_by_asc(medal_award::Column::Id);
        Ok(group(db.all(select).await?.into_iter().map(|award| (AwardsOfEdition(award.edition_id), award))))
    }
}

/// Gold before silver before bronze, as SQL.
pub(super) fn medal_place() -> Expr {
    let medal = medal_award::Column::Medal;
    CaseStatement::new().case(medal.eq(Medal::Gold), 1).case(medal.eq(Medal::Silver), 2).finally(3).into()
}

/// The awards that match the criteria, of all nations or of one nation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AwardList {
    kind: ScopeKind,
    criteria: MedalCriteria,
    order: Option<MedalOrder>,
    /// Whether to list the leading medals only.
    only_leaders: bool,
}

impl AwardList {
    pub(crate) fn new(kind: ScopeKind, criteria: MedalCriteria, order: Option<MedalOrder>) -> Self {
        Self { kind, criteria, order, only_leaders: false }
    }

    /// The condition for the leading medals: the first few hundred in the order, which an index finds.
    fn lead(&self) -> Option<Expr> {
        let MedalOrder { field: MedalOrderField::Age, direction } = self.order? else { return None };
        let by_age = match direction.is_descending() {
            true => medal_age::Column::Oldest.gt(46 * 365),
            false => medal_age::Column::Youngest.lt(17 * 365),
        };
        let leaders = Query::select().expr(medal_age::Column::AwardId.into_expr()).from(medal_age::Entity).and_where(by_age).take();
        Some(medal_award::Column::Id.in_subquery(leaders))
    }
}

impl Listing for AwardList {
    type Entity = medal_award::Entity;

    fn name(&self) -> &'static str {
        if self.kind == ScopeKind::Nation { "Nation.medalAwards" } else { "medalAwards" }
    }

    fn select(&self, _: &Db) -> Select<medal_award::Entity> {
        let awards = awards(self.kind, &self.criteria, Level::Event);
        match self.lead().filter(|_| self.only_leaders) {
            Some(leads) => awards.filter(leads),
            None => awards,
        }
    }

    fn leading(&self) -> Option<Self> {
        let has_leaders = self.lead().is_some() && self.kind == ScopeKind::World;
        has_leaders.then(|| Self { only_leaders: true, ..self.clone() })
    }

    fn owner(&self) -> Option<Expr> {
        owner(self.kind)
    }

    fn order(&self) -> Order {
        let by_event = |order: Order| order.text(event::Column::Slug.into_expr()).int(medal_place());
        let newest_first = MedalOrder { field: MedalOrderField::Games, direction: Direction::Desc };
        let MedalOrder { field, direction } = self.order.unwrap_or(newest_first);
        match field {
            MedalOrderField::Games => by_event(Order::by("games").int_towards(direction, chronology())),
            MedalOrderField::Age => {
                let (age, last) = match direction.is_descending() {
                    true => (medal_age::Column::Oldest, i32::MIN + 1),
                    false => (medal_age::Column::Youngest, i32::MAX),
                };
                let of_award = on(medal_age::Column::AwardId, medal_award::Column::Id);
                let age = Query::select().expr(age.into_expr()).from(medal_age::Entity).and_where(of_award).take();
                let age = Func::coalesce([Expr::from(age), Expr::value(last)]).into();
                by_event(Order::by("age").int_towards(direction, age).int(chronology().mul(-1)))
            }
            MedalOrderField::WonOn => {
                // The day as a number such as 20120801, which can follow a direction of its own.
                let last = if direction.is_descending() { "0" } else { "99999999" };
                let day = Func::coalesce([medal_award::Column::WonOn.into_expr().cast_as("text"), Expr::value(last)]);
                let digits = Func::cust("replace").args([day.into(), Expr::value("-"), Expr::value("")]);
                by_event(Order::by("won on").int_towards(direction, Expr::from(digits).cast_as("bigint")))
            }
            MedalOrderField::Medal => by_event(Order::by("medal").int_towards(direction, medal_place()).int(chronology().mul(-1))),
        }
    }
}
