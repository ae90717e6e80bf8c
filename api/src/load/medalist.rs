//! Athletes by their medals.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::{games, medal_award, medal_recipient, nation};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, ExprTrait, Func, SelectStatement};
use sea_orm::{FromQueryResult, JoinType, QueryOrder, QuerySelect, QueryTrait};

use crate::error::{Error, Result};
use crate::graph::medal_award::MedalFilter;
use crate::load::filter::{Level, join};
use crate::load::medal::{Scope, ScopeKind, any_recipient, awards, by_scope, grouped, read_owner, read_tally};
use crate::load::{Db, alias, group};
use crate::rules::ranking::Tally;

/// The medals of an athlete within a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AthleteTally {
    pub(crate) athlete_id: Uuid,
    pub(crate) tally: Tally,
    pub(crate) first_year: i32,
    pub(crate) last_year: i32,
    /// What equals are ordered by: the family name, folded. It is looked up for those who are shown.
    pub(crate) sort_fold: String,
}

/// The athletes with at least so many medals within a scope; a team's medal counts for each of them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AthleteTallies {
    pub(crate) scope: Scope,
    pub(crate) filter: MedalFilter,
    pub(crate) minimum: i32,
}

impl Loader<AthleteTallies> for Db {
    type Value = Vec<AthleteTally>;
    type Error = Error;

    async fn load(&self, keys: &[AthleteTallies]) -> Result<HashMap<AthleteTallies, Self::Value>> {
        let mut tallies = Vec::new();
        let questions = keys.iter().map(|key| (key.scope, (key.filter.clone(), key.minimum)));
        for ((kind, (filter, minimum)), ids) in by_scope(questions) {
            let mut counted = grouped(kind, &filter, &ids, any_recipient())?;
            join(&mut counted, medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
            counted
                .expr_as(Func::min(games::Column::Year.into_expr()), alias("first_year"))
                .expr_as(Func::max(games::Column::Year.into_expr()), alias("last_year"))
                .and_having(Expr::col(Asterisk).count().gte(minimum));
            for row in self.0.query_all(&counted).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let tally = AthleteTally {
                    athlete_id: row.try_get("", "member")?,
                    tally: read_tally(&row)?,
                    first_year: row.try_get("", "first_year")?,
                    last_year: row.try_get("", "last_year")?,
                    sort_fold: String::new(),
                };
                tallies.push((AthleteTallies { scope, filter: filter.clone(), minimum }, tally));
            }
        }
        Ok(group(tallies))
    }
}

/// The nations that an athlete won the counted medals for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationsOfMedalist {
    pub(crate) scope: Scope,
    pub(crate) filter: MedalFilter,
    pub(crate) athlete: Uuid,
}

impl Loader<NationsOfMedalist> for Db {
    type Value = Vec<nation::Model>;
    type Error = Error;

    async fn load(&self, keys: &[NationsOfMedalist]) -> Result<HashMap<NationsOfMedalist, Self::Value>> {
        let mut nations = Vec::new();
        let questions = keys.iter().map(|key| ((key.scope.kind, key.filter.clone()), (key.scope.id, key.athlete)));
        for ((kind, filter), who) in group(questions) {
            let (ids, athletes): (Vec<Option<Uuid>>, Vec<Uuid>) = who.into_iter().unzip();
            let mut select = nation::Entity::find().expr_as(medal_recipient::Column::AthleteId.into_expr(), "athlete_id").distinct();
            if kind.owner().is_some() {
                select = select.expr_as(Expr::col((alias("counted"), alias("owner"))), "owner");
            }
            let query = QueryTrait::query(&mut select);
            join(query, medal_award::Entity, medal_award::Column::NationId, nation::Column::Id);
            join(query, medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
            let same = Expr::col((alias("counted"), alias("award_id"))).equals((medal_award::Entity, medal_award::Column::Id));
            query.join_subquery(JoinType::InnerJoin, counted(kind, &filter, ids)?, alias("counted"), same);
            let select = select.filter(medal_recipient::Column::AthleteId.is_in(athletes)).order_by_asc(nation::Column::Slug);
            for row in self.0.query_all(&select.into_query()).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let key = NationsOfMedalist { scope, filter: filter.clone(), athlete: row.try_get("", "athlete_id")? };
                nations.push((key, FromQueryResult::from_query_result(&row, "")?));
            }
        }
        Ok(group(nations))
    }
}

/// The awards that count within scopes, as `award_id` and `owner`.
fn counted(kind: ScopeKind, filter: &MedalFilter, ids: Vec<Option<Uuid>>) -> Result<SelectStatement> {
    let mut awards = awards(kind, filter, Level::Edition)?;
    let query = QueryTrait::query(&mut awards).clear_selects();
    query.expr_as(medal_award::Column::Id.into_expr(), alias("award_id"));
    if let Some(owner) = kind.owner() {
        query.expr_as(owner.clone(), alias("owner")).and_where(owner.is_in(ids.into_iter().flatten()));
    }
    Ok(query.take())
}
