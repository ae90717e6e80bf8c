//! Finding things by any of their names, and by a day of the year.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::search_term::{self, SearchKind};
use podium_entity::{athlete, event_edition, games, record_mark};
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, Query};
use sea_orm::{Condition, QueryOrder, QuerySelect};

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
        Condition::all().add(finds(&self.folded)).add_option(kinds)
    }

    /// The name itself, then its beginning, then any part, or all its words here and there.
    fn closeness(&self) -> Expr {
        let (folded, names) = (&self.folded, search_term::Column::Names);
        let (whole, beginning) = (format!("%\n {folded} \n%"), format!("%\n {folded}%"));
        CaseStatement::new().case(names.like(whole), 0).case(names.like(beginning), 1).finally(2).into()
    }

    /// What has the closest names, best first; among equals who has more medals, then who has little else in his names.
    fn ranked(&self, first: u64) -> Select<search_term::Entity> {
        search_term::Entity::find()
            .filter(self.condition())
            .order_by_asc(self.closeness())
            .order_by_desc(search_term::Column::Weight)
            .order_by_asc(Expr::from(Func::char_length(search_term::Column::Names.into_expr())))
            .order_by_asc(search_term::Column::Names)
            .order_by_asc(search_term::Column::SubjectId)
            .limit(first)
    }

    /// The name that matches best, as it is printed; of several that match alike the shortest: the usual one rather than
    /// the full one. The first, where the words are of several names.
    fn best_name(&self, found: &search_term::Model) -> String {
        let rank = |folded: &str| match folded.trim().strip_prefix(self.folded.as_str()) {
            Some("") => 0,
            Some(_) => 1,
            None if folded.contains(&self.folded) => 2,
            None if self.folded.split(' ').all(|word| folded.contains(word)) => 3,
            None => 4,
        };
        let names = found.names.trim_matches('\n').lines().zip(found.printed.lines());
        let ranked = names.map(|(folded, printed)| (rank(folded), printed)).map(|(rank, printed)| match rank {
            4 => (rank, 0, printed),
            _ => (rank, printed.chars().count(), printed),
        });
        ranked.min_by_key(|(rank, length, _)| (*rank, *length)).map_or_else(String::new, |(_, _, printed)| printed.to_owned())
    }
}

/// Rows that have the folded text in their names, or each of its words, the last one perhaps not to its end. The index knows
/// three characters and more: a text of two is looked for where a name begins, a single character as a whole name.
pub(super) fn finds(folded: &str) -> Condition {
    let (first, last) = folded.rsplit_once(' ').unwrap_or(("", folded));
    let together = match folded.chars().count() {
        1 => format!("%\n {folded} \n%"),
        2 => format!("%\n {folded}%"),
        _ => format!("%{folded}%"),
    };
    let apart: Vec<String> = first.split_whitespace().map(|word| format!("% {word} %")).chain([format!("% {last}%")]).collect();
    let ways = if first.is_empty() { vec![vec![together]] } else { vec![vec![together], apart] };
    ways.into_iter().fold(Condition::any(), |any, patterns| any.add(have_all(&patterns)))
}

/// Rows whose names have every pattern. SQLite looks into the index by its name, PostgreSQL by the condition.
fn have_all(patterns: &[String]) -> Condition {
    let of = |column: Expr| patterns.iter().fold(Condition::all(), |all, pattern| all.add(column.clone().like(pattern.as_str())));
    let found = Query::select().column(alias("rowid")).from(alias("search_index")).cond_where(of(Expr::col(alias("names")))).take();
    Condition::all().add(search_term::Column::Number.in_subquery(found)).add(of(search_term::Column::Names.into_expr()))
}

impl Loader<BestMatching> for Db {
    type Value = Vec<Found>;
    type Error = DbErr;

    async fn load(&self, keys: &[BestMatching]) -> Result<HashMap<BestMatching, Self::Value>, DbErr> {
        let mut answers = HashMap::new();
        for key in keys {
            let found = key.what.ranked(key.first).all(&self.0).await?.into_iter();
            let found = found.map(|row| Found { kind: row.kind, subject_id: row.subject_id, name: key.what.best_name(&row) });
            answers.insert(key.clone(), found.collect());
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
            let count = search_term::Entity::find().filter(key.condition()).count(&self.0).await?;
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
                .filter(Expr::cust("length(athlete.born) >= 10"))
                .filter(Expr::cust("substr(athlete.born, 6, 5)").eq(key.0.as_str()))
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
