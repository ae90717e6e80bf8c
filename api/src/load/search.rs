//! Search by any name.

use std::collections::HashMap;

use podium_entity::search_term::{self, SearchKind};
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, Func};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::name_match::finds;
use crate::loader::{Db, Key, Loaded, on_heap};
use crate::page::listing::COUNT;
use crate::question::search_text::SearchText;

/// The subjects of these kinds whose names match a text: their number, and the best of them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Matching {
    pub(crate) text: SearchText,
    pub(crate) kinds: Option<Vec<SearchKind>>,
    pub(crate) first: u64,
}

/// What matches a text. To rank the best matches, the database reads all of them, so it counts them as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matches {
    pub(crate) count: i32,
    pub(crate) best: Vec<Found>,
}

/// A match, with its best matching name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: SearchKind,
    pub(crate) subject_id: Uuid,
    pub(crate) name: String,
}

on_heap!(Matches { best });
on_heap!(Found { name });

impl Matching {
    fn condition(&self, db: &Db) -> Condition {
        let kinds = self.kinds.as_ref().map(|kinds| search_term::Column::Kind.is_in(kinds.iter().copied()));
        Condition::all().add(finds(db, &self.text)).add_option(kinds)
    }

    /// Whole names first, then names that begin with the text, then any other match. Of several words together, a longer name with these words
    /// counts as whole: people are known by a part of their names.
    fn closeness(&self) -> Expr {
        let (folded, names) = (self.text.as_str(), search_term::Column::Names);
        let whole = if folded.contains(' ') { format!("% {folded} %") } else { format!("%\n {folded} \n%") };
        CaseStatement::new().case(names.like(whole), 0).case(names.like(format!("%\n {folded}%")), 1).finally(2).into()
    }

    /// Closest match first, then most medals, then shortest name. The number of matches comes with each of them, so
    /// at least one is asked for.
    fn ranked(&self, db: &Db) -> Select<search_term::Entity> {
        search_term::Entity::find()
            .expr_as(Expr::cust("COUNT(*) OVER ()"), COUNT)
            .filter(self.condition(db))
            .order_by_asc(self.closeness())
            .order_by_desc(search_term::Column::Weight)
            .order_by_asc(Expr::from(Func::char_length(search_term::Column::Names.into_expr())))
            .order_by_asc(search_term::Column::Names)
            .order_by_asc(search_term::Column::SubjectId)
            .limit(std::cmp::max(self.first, 1))
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

impl Key for Matching {
    type Value = Matches;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut answers = HashMap::new();
        for key in keys {
            let mut matches = Matches::default();
            for mut row in db.rows(&key.ranked(db).into_query()).await? {
                matches.count = i32::try_from(row.get::<i64>(COUNT)?).unwrap_or(i32::MAX);
                let found = row.model::<search_term::Entity>("")?;
                matches.best.push(Found { kind: found.kind, subject_id: found.subject_id, name: key.best_name(&found) });
            }
            matches.best.truncate(usize::try_from(key.first).unwrap_or(usize::MAX));
            answers.insert(key.clone(), matches);
        }
        Ok(answers)
    }
}
