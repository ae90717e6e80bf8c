//! Search by any name.

use std::collections::HashMap;

use podium_entity::search_term::{self, SearchKind};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, CaseStatement, ExprTrait, Func, Query};
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::name_match::finds;
use super::sql::alias;
use crate::loader::{Db, Key, Loaded, on_heap};
use crate::page::listing::COUNT;
use crate::question::search_text::SearchText;

/// The number of subjects of these kinds whose names match a text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Matching {
    pub(crate) text: SearchText,
    pub(crate) kinds: Option<Vec<SearchKind>>,
}

/// The best matches of a text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct BestMatching {
    pub(crate) what: Matching,
    pub(crate) first: u64,
}

/// A match, with its best matching name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: SearchKind,
    pub(crate) subject_id: Uuid,
    pub(crate) name: String,
}

on_heap!(Found { name });

impl Matching {
    fn condition(&self) -> Condition {
        let kinds = self.kinds.as_ref().map(|kinds| search_term::Column::Kind.is_in(kinds.iter().copied()));
        Condition::all().add(finds(&self.text)).add_option(kinds)
    }

    /// Whole names first, then names that begin with the text, then any other match. Of several words together, a longer name with these words
    /// counts as whole: people are known by a part of their names.
    fn closeness(&self) -> Expr {
        let (folded, names) = (self.text.as_str(), search_term::Column::Names);
        let whole = if folded.contains(' ') { format!("% {folded} %") } else { format!("%\n {folded} \n%") };
        CaseStatement::new().case(names.like(whole), 0).case(names.like(format!("%\n {folded}%")), 1).finally(2).into()
    }

    /// Closest match first, then most medals, then shortest name.
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

    /// Whether athletes are looked for.
    pub(crate) fn is_for_athletes(&self) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&SearchKind::Athlete))
    }

    /// The best matching name, as printed. Of equal matches the shortest wins: the usual name rather than the full one. If the words match
    /// only across several names, the one that is listed first wins.
    fn best_name(&self, found: &search_term::Model) -> String {
        let rank = |folded: &str| match folded.trim().strip_prefix(self.text.as_str()) {
            Some("") => 0,
            Some(_) => 1,
            None if folded.contains(self.text.as_str()) => 2,
            None if self.text.as_str().split(' ').all(|word| folded.contains(word)) => 3,
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

impl Key for BestMatching {
    type Value = Vec<Found>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut answers = HashMap::new();
        for key in keys {
            let found = db.all(key.what.ranked(key.first)).await?.into_iter();
            let found = found.map(|row| Found { kind: row.kind, subject_id: row.subject_id, name: key.what.best_name(&row) });
            answers.insert(key.clone(), found.collect());
        }
        Ok(answers)
    }
}

impl Key for Matching {
    type Value = i32;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut counts = HashMap::new();
        for key in keys {
            let mut matching = Query::select();
            matching.expr_as(Expr::col(Asterisk).count(), alias(COUNT)).from(search_term::Entity).cond_where(key.condition());
            let rows = db.rows(&matching).await?;
            let count = rows.first().map_or(Ok(0), |row| row.get::<i64>(COUNT))?;
            counts.insert(key.clone(), i32::try_from(count).unwrap_or(i32::MAX));
        }
        Ok(counts)
    }
}
