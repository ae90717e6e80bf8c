//! Whether a count is complete. Partial data is never reported as complete.

use std::collections::HashMap;

use podium_entity::event_edition::EditionStatus;
use podium_entity::games::{Coverage, GamesStatus, Recognition};
use podium_entity::{delegation, event, event_edition, games};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, CaseStatement, ExprTrait, Func, Query, SelectStatement, UnionType};
use sea_orm::{Condition, JoinType};

use super::event::is_programme_unknown;
use super::medal_award::{by_scope, edition_condition, games_condition, owner, owner_level, read_owner};
use super::sql::{alias, join_games_and_programme, join_programme, nation_in, one_of, programme_condition};
use crate::loader::{Db, Key, Loaded, among, group, on_heap};
use crate::question::medals::MedalCriteria;
use crate::question::programme::Level;
use crate::question::scope::{Scope, ScopeKind};

/// Whether all medals within a scope are loaded.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct IsComplete {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for IsComplete {
    type Value = bool;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut complete = HashMap::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            let (reach, has_owner) = reach(db, kind, &criteria, &ids);
            let mut counted = Query::select();
            counted
                .expr_as(Expr::col(Asterisk).count(), alias("reached"))
                .expr_as(Func::cast_as(Func::sum(Expr::col(alias("known"))), alias("bigint")), alias("known"))
                .from_subquery(reach, alias("reach"));
            if has_owner {
                counted.column(alias("owner")).group_by_col(alias("owner"));
            }
            let mut whole: HashMap<Option<Uuid>, bool> = HashMap::new();
            for row in db.rows(&counted).await? {
                let owner = if has_owner { read_owner(kind, &row)? } else { None };
                let (reached, known): (i64, Option<i64>) = (row.get("reached")?, row.get("known")?);
                whole.insert(owner, reached > 0 && known == Some(reached));
            }
            for id in scopes(ids) {
                let is_whole = whole.get(&id.filter(|_| has_owner)).copied().unwrap_or_default();
                complete.insert(IsComplete { scope: Scope { kind, id }, criteria: criteria.clone() }, is_whole);
            }
        }
        Ok(complete)
    }
}

/// The Games within a scope that are not loaded, or only in part, by id.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct MissingGames {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for MissingGames {
    type Value = Vec<Uuid>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut missing: HashMap<Self, Vec<Uuid>> = HashMap::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            let (reach, has_owner) = reach(db, kind, &criteria, &ids);
            let mut unknown = Query::select();
            unknown.distinct().column(alias("games_id")).from_subquery(reach, alias("reach")).and_where(Expr::col(alias("known")).eq(0));
            if has_owner {
                unknown.column(alias("owner"));
            }
            let mut of_owner: HashMap<Option<Uuid>, Vec<Uuid>> = HashMap::new();
            for row in db.rows(&unknown).await? {
                let owner = if has_owner { read_owner(kind, &row)? } else { None };
                of_owner.entry(owner).or_default().push(row.get("games_id")?);
            }
            for id in scopes(ids) {
                let of_scope = of_owner.get(&id.filter(|_| has_owner)).cloned().unwrap_or_default();
                missing.insert(MissingGames { scope: Scope { kind, id }, criteria: criteria.clone() }, of_scope);
            }
        }
        Ok(missing)
    }
}

/// The ids of scopes; none for the whole world.
fn scopes(ids: Vec<Uuid>) -> Vec<Option<Uuid>> {
    if ids.is_empty() { vec![None] } else { ids.into_iter().map(Some).collect() }
}

/// What a scope contains, as rows of `games_id`, `known`, and `owner` where there is one: editions if the criteria name events, otherwise held
/// Games. `known` is 1 where the medals are loaded, else 0. For a named event, includes the Games at which it may have been held.
fn reach(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> (SelectStatement, bool) {
    let names_events =
        matches!(kind, ScopeKind::Event | ScopeKind::Family) || criteria.programme.event.is_some() || criteria.programme.family.is_some();
    let per_owner = names_events && !matches!(kind, ScopeKind::Nation | ScopeKind::Athlete) || kind == ScopeKind::Games;
    let owner = owner(kind).filter(|_| per_owner);
    let of_scope = |mut query: SelectStatement, owner: Option<Expr>, known: Expr| {
        query.expr_as(games::Column::Id.into_expr(), alias("games_id")).expr_as(known, alias("known"));
        query.and_where(games::Column::Status.eq(GamesStatus::Held)).cond_where(games_condition(kind == ScopeKind::Games, criteria));
        if let Some(owner) = owner {
            query.expr_as(owner.clone(), alias("owner")).and_where(among(db, owner, ids.iter().copied()));
        }
        query
    };
    let known = |known: Condition| CaseStatement::new().case(known.add(is_known(games::Column::Coverage)), 1).finally(0).into();
    let mut query = Query::select();
    if !names_events {
        return (of_scope(query.from(games::Entity).take(), owner.clone(), known(Condition::any())), owner.is_some());
    }
    let level = criteria.level().max(owner_level(kind));
    query.from(event_edition::Entity).cond_where(edition_condition(criteria));
    join_games_and_programme(&mut query, level);
    let mut reach = of_scope(query, owner.clone(), known(Condition::any().add(is_known(event_edition::Column::Coverage))));
    let owner_without_edition =
        if kind == ScopeKind::Event { owner.as_ref().map(|_| event::Column::Id.into_expr()) } else { owner.clone() };
    reach.union(UnionType::All, of_scope(perhaps_held(criteria, level), owner_without_edition, Expr::value(0)));
    (reach, owner.is_some())
}

/// The events of criteria with the official Games of their seasons at which they may have been held; see `rules::event_history`.
fn perhaps_held(criteria: &MedalCriteria, level: Level) -> SelectStatement {
    let mut query = Query::select();
    query
        .from(event::Entity)
        .join(JoinType::InnerJoin, games::Entity, is_programme_unknown())
        .and_where(games::Column::Recognition.eq(Recognition::Official))
        .and_where(Expr::exists(held_in_series()))
        .cond_where(programme_condition(&criteria.programme))
        .cond_where(Condition::all().add_option(one_of(event::Column::Gender, criteria.gender.as_ref())));
    join_programme(&mut query, level);
    query
}

/// The editions for medals of the event of the outer query, at Games of the same season and kind as the Games at hand.
fn held_in_series() -> SelectStatement {
    let of = |column: event_edition::Column| Expr::col((alias("series_edition"), column));
    let other = |column: games::Column| Expr::col((alias("series_games"), column));
    let same_games = other(games::Column::Id).eq(of(event_edition::Column::GamesId));
    Query::select()
        .expr(Expr::value(1))
        .from_as(event_edition::Entity, alias("series_edition"))
        .join_as(JoinType::InnerJoin, games::Entity, alias("series_games"), same_games)
        .and_where(of(event_edition::Column::EventId).eq(event::Column::Id.into_expr()))
        .and_where(of(event_edition::Column::Status).is_in([EditionStatus::Medal, EditionStatus::Art]))
        .and_where(other(games::Column::Season).eq(games::Column::Season.into_expr()))
        .and_where(other(games::Column::Kind).eq(games::Column::Kind.into_expr()))
        .take()
}

/// Whether at least the medals are loaded.
fn is_known(coverage: impl ColumnTrait) -> Expr {
    coverage.is_in([Coverage::FullResults, Coverage::Participants, Coverage::Medals])
}

/// A nation with a delegation at the Games of a scope, and whether its medals are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) nation_id: Uuid,
    pub(crate) is_ranked: bool,
}

on_heap!(Present {});

/// The nations with a delegation at the Games within a scope.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationsPresent {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for NationsPresent {
    type Value = Vec<Present>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut present = Vec::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            for row in db.rows(&presence(db, kind, &criteria, &ids)).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let nation = Present { nation_id: row.get("nation_id")?, is_ranked: row.get::<i64>("ranked")? == 1 };
                present.push((NationsPresent { scope, criteria: criteria.clone() }, nation));
            }
        }
        Ok(group(present))
    }
}

/// The delegations of the Games within a scope. Many editions share their Games, so these are made distinct before their delegations are read.
fn presence(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> SelectStatement {
    let mut reached = Query::select();
    reached.expr_as(games::Column::Id.into_expr(), alias("games_id")).cond_where(games_condition(kind == ScopeKind::Games, criteria));
    if kind == ScopeKind::Games || (kind == ScopeKind::World && !criteria.programme.is_stated()) {
        reached.from(games::Entity);
    } else {
        reached.distinct().from(event_edition::Entity).cond_where(edition_condition(criteria));
        join_games_and_programme(&mut reached, criteria.level().max(owner_level(kind)));
    }
    let ranked = CaseStatement::new().case(delegation::Column::RanksInMedalTable.eq(true), 1).finally(0);
    let mut present = Query::select();
    present
        .expr_as(delegation::Column::NationId.into_expr(), alias("nation_id"))
        .expr_as(Func::cast_as(Func::max(ranked), alias("bigint")), alias("ranked"))
        .from(delegation::Entity)
        .cond_where(Condition::all().add_option(nation_in(delegation::Column::NationId, criteria.nation.as_ref())))
        .add_group_by([delegation::Column::NationId.into_expr()]);
    if let Some(owner) = owner(kind) {
        reached.expr_as(owner.clone(), alias("owner")).and_where(among(db, owner, ids.iter().copied()));
        present.column(alias("owner")).group_by_col(alias("owner"));
    }
    let same_games = Expr::col((alias("reached"), alias("games_id"))).equals(delegation::Column::GamesId.as_column_ref());
    present.join_subquery(JoinType::InnerJoin, reached, alias("reached"), same_games).take()
}
