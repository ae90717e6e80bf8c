//! What happened on a calendar day, in any year.

use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::{athlete, event_edition, games, medal_award, record_mark};
use sea_orm::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::sql::{chronology, join};
use crate::loader::{Db, Key, Loaded};

/// The records set on a calendar day such as `08-01`, in any year.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct RecordsOn(pub(crate) String);

impl Key for RecordsOn {
    type Value = Vec<Arc<record_mark::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut answers = HashMap::new();
        for key in keys {
            let select = record_mark::Entity::find()
                .filter(month_and_day(record_mark::Column::SetOn).eq(key.0.as_str()))
                .filter(record_mark::Column::Ratification.ne(record_mark::Ratification::Rescinded))
                .order_by_asc(record_mark::Column::SetOn)
                .order_by_asc(record_mark::Column::Sequence)
                .order_by_asc(record_mark::Column::Id);
            answers.insert(key.clone(), db.all(select).await?);
        }
        Ok(answers)
    }
}

/// The editions under way or decided on a calendar day, in any year; oldest first, up to a maximum number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EditionsOn(pub(crate) String, pub(crate) u64);

impl Key for EditionsOn {
    type Value = Vec<Arc<event_edition::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut answers = HashMap::new();
        for key in keys {
            let (first, last) = (month_and_day(event_edition::Column::StartsOn), month_and_day(event_edition::Column::EndsOn));
            let ended = Func::coalesce([last.clone(), first.clone()]);
            let begun = Func::coalesce([first, last]);
            let under_way = Condition::all().add(Expr::from(begun).lte(key.0.as_str())).add(Expr::from(ended).gte(key.0.as_str()));
            // Of many editions, only the day of the medals is known.
            let decided = medal_award::Entity::find()
                .select_only()
                .column(medal_award::Column::EditionId)
                .filter(month_and_day(medal_award::Column::WonOn).eq(key.0.as_str()));
            let decided = event_edition::Column::Id.in_subquery(decided.into_query());
            let mut select = event_edition::Entity::find();
            join(QueryTrait::query(&mut select), games::Entity, games::Column::Id, event_edition::Column::GamesId);
            let select = select
                .filter(Condition::any().add(under_way).add(decided))
                .order_by_asc(chronology())
                .order_by_asc(event_edition::Column::Slug)
                .limit(key.1);
            answers.insert(key.clone(), db.all(select).await?);
        }
        Ok(answers)
    }
}

/// The athletes born on a calendar day, in any year; oldest first, up to a maximum number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct BornOn(pub(crate) String, pub(crate) u64);

impl Key for BornOn {
    type Value = Vec<Arc<athlete::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut answers = HashMap::new();
        for key in keys {
            let select = athlete::Entity::find()
                .filter(Expr::cust("length(athlete.born) >= 10"))
                .filter(Expr::cust("substr(athlete.born, 6, 5)").eq(key.0.as_str()))
                .order_by_asc(athlete::Column::Born)
                .order_by_asc(athlete::Column::SortFold)
                .order_by_asc(athlete::Column::Id)
                .limit(key.1);
            answers.insert(key.clone(), db.all(select).await?);
        }
        Ok(answers)
    }
}

/// The month and day of a date, such as `08-01`.
fn month_and_day(date: impl ColumnTrait) -> Expr {
    Func::cust("substr").args([date.into_expr().cast_as("text"), Expr::value(6), Expr::value(5)]).into()
}
