//! Finding things by any of their names, and by a day of the year.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::search_term::{self, SearchKind};
use podium_entity::{athlete, event_edition, games, record_mark};
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, OverStatement, Query, SelectStatement, WindowStatement};
use sea_orm::{Condition, Order, QueryOrder, QuerySelect};

use crate::load::filter::join;
use crate::load::{Db, alias};
use crate::rules::chronology::chronology_sql;

/// What a text finds, by folded text and kinds.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Matching {
    pub(crate) folded: String,
    pub(crate) kinds: Option<Vec<SearchKind>>,
}

/// The best of what a text finds.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct BestMatching {
    pub(crate) what: Matching,
    pub(crate) first: u64,
}

/// Something found, by its best matching name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: SearchKind,
    pub(crate) subject_id: Uuid,
    pub(crate) name: String,
}

impl Matching {
    fn condition(&self) -> Condition {
        let kinds = self.kinds.as_ref().map(|kinds| search_term::Column::Kind.is_in(kinds.iter().copied()));
        Condition::all().add(search_term::Column::Folded.like(format!("%{}%", self.folded))).add_option(kinds)
    }

    /// The name itself, then its beginning, then any part.
    fn closeness(&self) -> Expr {
        let (folded, name) = (&self.folded, search_term::Column::Folded);
        CaseStatement::new().case(name.eq(folded.as_str()), 0).case(name.like(format!("{folded}%")), 1).finally(2).into()
    }

    /// Each subject by its closest name, best first.
    fn ranked(&self, first: u64) -> SelectStatement {
        let mut best = WindowStatement::new();
        best.add_partition_by(search_term::Column::SubjectId.into_expr());
        best.order_by_expr(self.closeness(), Order::Asc).order_by_expr(shortness(), Order::Asc);
        best.order_by_expr(search_term::Column::Name.into_expr(), Order::Asc);
        let names = Query::select()
            .columns([search_term::Column::Kind, search_term::Column::SubjectId, search_term::Column::Name])
            .columns([search_term::Column::Weight, search_term::Column::Folded])
            .expr_as(self.closeness(), alias("closeness"))
            .expr_window_as(Func::cust("ROW_NUMBER"), best, alias("place"))
            .from(search_term::Entity)
            .cond_where(self.condition())
            .take();
        let mut ranked = Query::select();
        ranked.columns(["kind", "subject_id", "name"].map(alias)).from_subquery(names, alias("names"));
        ranked.and_where(Expr::col(alias("place")).eq(1)).order_by(alias("closeness"), Order::Asc).order_by(alias("weight"), Order::Desc);
        ranked.order_by(alias("folded"), Order::Asc).order_by(alias("subject_id"), Order::Asc).limit(first).take()
    }
}

/// Of several names that match alike the shortest is shown: the usual one rather than the full one.
fn shortness() -> Expr {
    Func::cust("length").arg(search_term::Column::Name.into_expr()).into()
}

impl Loader<BestMatching> for Db {
    type Value = Vec<Found>;
    type Error = DbErr;

    async fn load(&self, keys: &[BestMatching]) -> Result<HashMap<BestMatching, Self::Value>, DbErr> {
        let mut answers = HashMap::new();
        for key in keys {
            let rows = self.0.query_all(&key.what.ranked(key.first)).await?;
            let found = rows.into_iter().map(|row| {
                Ok(Found { kind: row.try_get("", "kind")?, subject_id: row.try_get("", "subject_id")?, name: row.try_get("", "name")? })
            });
            answers.insert(key.clone(), found.collect::<Result<_, DbErr>>()?);
        }
        Ok(answers)
    }
}

impl Loader<Matching> for Db {
    type Value = i32;
    type Error = DbErr;

    async fn load(&self, keys: &[Matching]) -> Result<HashMap<Matching, i32>, DbErr> {
        let mut counts = HashMap::new();
        for key in keys {
            let count = search_term::Column::SubjectId.into_expr().count_distinct();
            let query = Query::select().expr_as(count, alias("count")).from(search_term::Entity).cond_where(key.condition()).take();
            let count: i64 = self.0.query_one(&query).await?.map_or(Ok(0), |row| row.try_get("", "count"))?;
            counts.insert(key.clone(), i32::try_from(count).unwrap_or(i32::MAX));
        }
        Ok(counts)
    }
}

/// A day of any year, as `08-01`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct RecordsOn(pub(crate) String);

impl Loader<RecordsOn> for Db {
    type Value = Vec<record_mark::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[RecordsOn]) -> Result<HashMap<RecordsOn, Self::Value>, DbErr> {
        let mut answers = HashMap::new();
        for key in keys {
            let select = record_mark::Entity::find()
                .filter(month_and_day(record_mark::Column::SetOn).eq(key.0.as_str()))
                .filter(record_mark::Column::Ratification.ne(record_mark::Ratification::Rescinded))
                .order_by_asc(record_mark::Column::SetOn)
                .order_by_asc(record_mark::Column::Sequence)
                .order_by_asc(record_mark::Column::Id);
            answers.insert(key.clone(), select.all(&self.0).await?);
        }
        Ok(answers)
    }
}

/// The editions that were under way on a day of any year, oldest first; so many at most.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EditionsOn(pub(crate) String, pub(crate) u64);

impl Loader<EditionsOn> for Db {
    type Value = Vec<event_edition::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[EditionsOn]) -> Result<HashMap<EditionsOn, Self::Value>, DbErr> {
        let mut answers = HashMap::new();
        for key in keys {
            let (first, last) = (month_and_day(event_edition::Column::StartsOn), month_and_day(event_edition::Column::EndsOn));
            let ended = Func::coalesce([last.clone(), first.clone()]);
            let begun = Func::coalesce([first, last]);
            let mut select = event_edition::Entity::find();
            join(sea_orm::QueryTrait::query(&mut select), games::Entity, games::Column::Id, event_edition::Column::GamesId);
            let select = select
                .filter(Expr::from(begun).lte(key.0.as_str()))
                .filter(Expr::from(ended).gte(key.0.as_str()))
                .order_by_asc(chronology_sql())
                .order_by_asc(event_edition::Column::Slug)
                .limit(key.1);
            answers.insert(key.clone(), select.all(&self.0).await?);
        }
        Ok(answers)
    }
}

/// The athletes born on a day of any year, oldest first; so many at most.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct BornOn(pub(crate) String, pub(crate) u64);

impl Loader<BornOn> for Db {
    type Value = Vec<athlete::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[BornOn]) -> Result<HashMap<BornOn, Self::Value>, DbErr> {
        let mut answers = HashMap::new();
        for key in keys {
            let select = athlete::Entity::find()
                .filter(athlete::Column::Born.like(format!("____-{}", key.0)))
                .order_by_asc(athlete::Column::Born)
                .order_by_asc(athlete::Column::SortFold)
                .order_by_asc(athlete::Column::Id)
                .limit(key.1);
            answers.insert(key.clone(), select.all(&self.0).await?);
        }
        Ok(answers)
    }
}

/// The `08-01` of a date.
fn month_and_day(date: impl ColumnTrait) -> Expr {
    Func::cust("substr").args([date.into_expr().cast_as("text"), Expr::value(6), Expr::value(5)]).into()
}
