//! The first medals of each colour within a scope.

use std::sync::Arc;

use podium_entity::event;
use podium_entity::medal_award::{self, MedalAwardStatus};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, ExprTrait, Func, OverStatement, Query, WindowStatement};
use sea_orm::{Order, QueryTrait};

use super::medal_award::{awards, by_scope, medal_place, owner, read_owner};
use super::sql::{alias, chronology};
use crate::loader::{Db, Key, Loaded, among, group};
use crate::question::medals::MedalCriteria;
use crate::question::programme::Level;
use crate::question::scope::Scope;

/// The awards of each colour at the first Games that had one: gold, silver, bronze, the earliest day first. A Games has several, and the days
/// of some may be unknown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AwardsAtFirstGames {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
}

impl Key for AwardsAtFirstGames {
    type Value = Vec<Arc<medal_award::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = Vec::new();
        for ((kind, criteria), ids) in by_scope(keys.iter().map(|key| (key.scope, key.criteria.clone()))) {
            let mut select = awards(kind, &criteria, Level::Event).filter(medal_award::Column::Status.ne(MedalAwardStatus::Vacant));
            let query = QueryTrait::query(&mut select);
            let mut each = WindowStatement::new();
            if let Some(owner) = owner(kind) {
                query.expr_as(owner.clone(), alias("owner")).and_where(among(db, owner.clone(), ids));
                each.add_partition_by(owner);
            }
            each.add_partition_by(medal_award::Column::Medal.into_expr());
            each.order_by_expr(chronology(), Order::Asc);
            query.expr_as(medal_place(), alias("colour")).expr_as(event::Column::Slug.into_expr(), alias("event_slug"));
            query.expr_window_as(Func::cust("RANK"), each, alias("games_place"));
            let earliest = Query::select()
                .column(Asterisk)
                .from_subquery(query.take(), alias("placed"))
                .and_where(Expr::col(alias("games_place")).eq(1))
                .order_by(alias("colour"), Order::Asc)
                .order_by_expr(Expr::col(alias("won_on")).is_null(), Order::Asc)
                .order_by(alias("won_on"), Order::Asc)
                .order_by(alias("event_slug"), Order::Asc)
                .order_by(alias("id"), Order::Asc)
                .take();
            for mut row in db.rows(&earliest).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                found.push((AwardsAtFirstGames { scope, criteria: criteria.clone() }, row.model::<medal_award::Entity>("")?));
            }
        }
        Ok(group(found))
    }
}
