//! Whether a count is complete. Partial data is never reported as complete.

use std::collections::HashMap;

use podium_entity::games::{Coverage, GamesStatus};
use podium_entity::{delegation, event_edition, games};
use sea_orm::Condition;
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, Query, SelectStatement};

use super::medal::{by_scope, edition_condition, games_condition, owner, owner_level, read_owner};
use super::sql::{alias, join, join_games_and_programme, nation_in};
use crate::loader::{Db, Key, Loaded, group};
use crate::question::medals::MedalCriteria;
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
            let Reach { mut within, known, owner } = reach(kind, &criteria, &ids);
            within
                .expr_as(Func::cast_as(Func::count(games::Column::Id.into_expr()), alias("bigint")), alias("reached"))
                .expr_as(Func::cast_as(Func::sum(known), alias("bigint")), alias("known"))
                .add_group_by(owner.clone());
            let (rows, has_owner) = (db.rows(&within).await?, owner.is_some());
            let mut whole: HashMap<Option<Uuid>, bool> = HashMap::new();
            for row in rows {
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

    fn bytes(ids: &Self::Value) -> usize {
        size_of_val(ids.as_slice())
    }

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut missing: HashMap<Self, Vec<Uuid>> = HashMap::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            let Reach { mut within, known, owner } = reach(kind, &criteria, &ids);
            let games = games::Column::Id.into_expr();
            within.expr_as(games, alias("games_id")).and_where(known.eq(0)).distinct();
            let rows = db.rows(&within).await?;
            for id in scopes(ids) {
                let mut of_scope = Vec::new();
                for row in &rows {
                    if owner.is_none() || read_owner(kind, row)? == id {
                        of_scope.push(row.get("games_id")?);
                    }
                }
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

/// What a scope contains: editions if the criteria name events, otherwise held Games.
struct Reach {
    /// Selects nothing yet but the owner, where there is one.
    within: SelectStatement,
    /// 1 where the medals are loaded, else 0.
    known: Expr,
    owner: Option<Expr>,
}

fn reach(kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> Reach {
    let names_events =
        matches!(kind, ScopeKind::Event | ScopeKind::Family) || criteria.programme.event.is_some() || criteria.programme.family.is_some();
    let mut condition =
        Condition::all().add(games::Column::Status.eq(GamesStatus::Held)).add(games_condition(kind == ScopeKind::Games, criteria));
    let mut query = Query::select();
    if names_events {
        query.from(event_edition::Entity);
        join_games_and_programme(&mut query, criteria.level().max(owner_level(kind)));
        condition = condition.add(edition_condition(criteria));
    } else {
        query.from(games::Entity);
    }
    let known = if names_events { Condition::any().add(is_known(event_edition::Column::Coverage)) } else { Condition::any() };
    let known = CaseStatement::new().case(known.add(is_known(games::Column::Coverage)), 1).finally(0).into();
    query.cond_where(condition);
    let per_owner = names_events && !matches!(kind, ScopeKind::Nation | ScopeKind::Athlete) || kind == ScopeKind::Games;
    let owner = owner(kind).filter(|_| per_owner);
    if let Some(owner) = owner.clone() {
        query.expr_as(owner.clone(), alias("owner")).and_where(owner.is_in(ids.iter().copied()));
    }
    Reach { within: query, known, owner }
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

/// The nations with a delegation at the Games within a scope.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationsPresent {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for NationsPresent {
    type Value = Vec<Present>;

    fn bytes(rows: &Self::Value) -> usize {
        size_of_val(rows.as_slice())
    }

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut present = Vec::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            for row in db.rows(&presence(kind, &criteria, &ids)).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let nation = Present { nation_id: row.get("nation_id")?, is_ranked: row.get::<i64>("ranked")? == 1 };
                present.push((NationsPresent { scope, criteria: criteria.clone() }, nation));
            }
        }
        Ok(group(present))
    }
}

fn presence(kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> SelectStatement {
    let mut condition = Condition::all()
        .add(games_condition(kind == ScopeKind::Games, criteria))
        .add_option(nation_in(delegation::Column::NationId, criteria.nation.as_ref()));
    let ranked = CaseStatement::new().case(delegation::Column::RanksInMedalTable.eq(true), 1).finally(0);
    let mut query = Query::select();
    query
        .expr_as(delegation::Column::NationId.into_expr(), alias("nation_id"))
        .expr_as(Func::cast_as(Func::max(ranked), alias("bigint")), alias("ranked"))
        .from(delegation::Entity)
        .add_group_by([delegation::Column::NationId.into_expr()]);
    let names_events = criteria.programme.is_stated();
    if kind == ScopeKind::Games || (kind == ScopeKind::World && !names_events) {
        join(&mut query, games::Entity, games::Column::Id, delegation::Column::GamesId);
    } else {
        join(&mut query, event_edition::Entity, event_edition::Column::GamesId, delegation::Column::GamesId);
        join_games_and_programme(&mut query, criteria.level().max(owner_level(kind)));
        condition = condition.add(edition_condition(criteria));
    }
    if let Some(owner) = owner(kind) {
        query.expr_as(owner.clone(), alias("owner")).and_where(owner.clone().is_in(ids.iter().copied())).add_group_by([owner]);
    }
    query.cond_where(condition).take()
}
