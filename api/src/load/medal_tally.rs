//! How many medals there are: of nations within a scope, and of a nation or an athlete.

use std::collections::HashMap;

use podium_entity::medal_award::Medal;
use podium_entity::{delegation, games, medal_award, medal_tally};
use podium_store::Row;
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, JoinType, QueryTrait};

use super::medal_award::{begun_by, by_scope, games_condition, held_by, owner, read_owner};
use super::sql::{alias, join, nation_in, on};
use crate::error::LoadError;
use crate::loader::{Db, Key, Loaded, among, group, on_heap};
use crate::question::medals::MedalCriteria;
use crate::question::scope::{Scope, ScopeKind};
use crate::rules::ranking::Tally;

/// The medals of a nation within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NationTally {
    pub(crate) nation_id: Uuid,
    pub(crate) tally: Tally,
    /// Whether any of its delegations in the scope is ranked in the medal table.
    pub(crate) is_ranked: bool,
}

on_heap!(NationTally {});
on_heap!(Tally {});

/// The medals of each nation within a scope; a team's medal counts once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationTallies {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for NationTallies {
    type Value = Vec<NationTally>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut tallies = Vec::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            let (mut statement, nation) = match is_tallied(kind, &criteria) {
                true => (tallied(db, kind, &criteria, &ids), medal_tally::Column::NationId.into_expr()),
                false => (counted(db, kind, &criteria, &ids), medal_award::Column::NationId.into_expr()),
            };
            // Few delegations are not ranked, and they have an index of their own.
            let unranked = CaseStatement::new().case(delegation::Column::Id.is_not_null(), 0).finally(1);
            let same = Condition::all()
                .add(on(delegation::Column::GamesId, games::Column::Id))
                .add(delegation::Column::NationId.into_expr().eq(nation.clone()))
                .add(delegation::Column::RanksInMedalTable.into_expr().not());
            statement
                .join(JoinType::LeftJoin, delegation::Entity, same)
                .expr_as(Func::cast_as(Func::max(unranked), alias("bigint")), alias("ranked"))
                .expr_as(nation.clone(), alias("nation_id"))
                .add_group_by([nation]);
            for row in db.rows(&statement).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let is_ranked = row.get::<i64>("ranked")? == 1;
                let tally = NationTally { nation_id: row.get("nation_id")?, tally: read_tally(&row)?, is_ranked };
                tallies.push((NationTallies { scope, criteria: criteria.clone() }, tally));
            }
        }
        Ok(group(tallies))
    }
}

/// How many medals a scope has, over all nations.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TallyOf {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for TallyOf {
    type Value = Tally;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut tallies = HashMap::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            if kind == ScopeKind::World {
                return Err(LoadError::Inconsistent("a tally of everything"));
            }
            let statement = match is_tallied(kind, &criteria) {
                true => tallied(db, kind, &criteria, &ids),
                false => counted(db, kind, &criteria, &ids),
            };
            for row in db.rows(&statement).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                tallies.insert(TallyOf { scope, criteria: criteria.clone() }, read_tally(&row)?);
            }
        }
        Ok(tallies)
    }
}

/// The nations whose number of medals, of one colour or of any, meets a condition; those without medals are not among them. The criteria are of
/// whole tallies.
pub(super) fn nations_with(criteria: &MedalCriteria, colour: Option<Medal>, condition: &dyn Fn(Expr) -> Condition) -> SelectStatement {
    let nation = medal_tally::Column::NationId.into_expr();
    let mut nations = tallies(false, criteria);
    let number = match colour {
        Some(colour) => column(colour).into_expr(),
        None => COLOURS.iter().skip(1).fold(column(COLOURS[0].0).into_expr(), |sum, (medal, _)| sum.add(column(*medal).into_expr())),
    };
    nations.expr(nation.clone()).add_group_by([nation]).cond_having(condition(Func::sum(number).into()));
    nations
}

const COLOURS: [(Medal, &str); 3] = [(Medal::Gold, "gold"), (Medal::Silver, "silver"), (Medal::Bronze, "bronze")];

/// The column of a colour.
fn column(medal: Medal) -> medal_tally::Column {
    match medal {
        Medal::Gold => medal_tally::Column::Gold,
        Medal::Silver => medal_tally::Column::Silver,
        Medal::Bronze => medal_tally::Column::Bronze,
    }
}

/// Whether the medals of such scopes are sums of the tallies that are stored for each nation and Games.
fn is_tallied(kind: ScopeKind, criteria: &MedalCriteria) -> bool {
    matches!(kind, ScopeKind::World | ScopeKind::Games | ScopeKind::Nation) && criteria.is_of_whole_tallies()
}

/// The tallies of the Games that match the criteria, with nothing selected.
fn tallies(names_games: bool, criteria: &MedalCriteria) -> SelectStatement {
    let condition = games_condition(names_games, criteria)
        .add(begun_by(criteria.as_of.day()))
        .add_option(nation_in(medal_tally::Column::NationId, criteria.nation.as_ref()));
    let mut tallies = Query::select();
    tallies.from(medal_tally::Entity).cond_where(condition);
    join(&mut tallies, games::Entity, games::Column::Id, medal_tally::Column::GamesId);
    tallies
}

/// The medals by owner, as columns `owner`, `gold`, `silver` and `bronze`, summed up from tallies.
fn tallied(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> SelectStatement {
    let mut statement = tallies(kind == ScopeKind::Games, criteria);
    let owner = match kind {
        ScopeKind::Nation => Some(medal_tally::Column::NationId.into_expr()),
        _ => owner(kind),
    };
    if let Some(owner) = owner {
        statement.expr_as(owner.clone(), alias("owner")).and_where(among(db, owner.clone(), ids.iter().copied())).add_group_by([owner]);
    }
    let wanted: Vec<Medal> = COLOURS.into_iter().map(|(medal, _)| medal).filter(|medal| criteria.wants(*medal)).collect();
    for (medal, name) in COLOURS {
        let number = if wanted.contains(&medal) { column(medal).into_expr() } else { Expr::value(0) };
        statement.expr_as(sum(number), alias(name));
    }
    // Only those who won a medal of these colours are in the table.
    let has_any = wanted.iter().fold(Condition::any().add(Expr::value(1).eq(0)), |any, medal| any.add(column(*medal).gt(0)));
    statement.cond_where(has_any);
    statement
}

/// The medals by owner, as columns `owner`, `gold`, `silver` and `bronze`, counted from awards.
fn counted(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> SelectStatement {
    let mut awards = held_by(db, kind, criteria, ids);
    let statement = QueryTrait::query(&mut awards);
    for (medal, name) in COLOURS {
        statement.expr_as(sum(CaseStatement::new().case(medal_award::Column::Medal.eq(medal), 1).finally(0)), alias(name));
    }
    statement.take()
}

fn sum(number: impl Into<Expr>) -> Expr {
    Func::cast_as(Func::sum(number.into()), alias("bigint")).into()
}

fn read_tally(row: &Row) -> Result<Tally, DbErr> {
    let count = |name| row.get::<i64>(name).map(|count| i32::try_from(count).unwrap_or(i32::MAX));
    Ok(Tally { gold: count("gold")?, silver: count("silver")?, bronze: count("bronze")? })
}
