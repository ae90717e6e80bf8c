//! The SQL condition that a name contains a search text, over the search terms.

use std::collections::BTreeSet;

use podium_entity::search_term;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, BinOper, ExprTrait, Query};
use sea_orm::{Condition, DbBackend};

use crate::loader::Db;
use crate::question::search_text::SearchText;

/// Rows with the folded text in their names, or with each of its words; the last word may be a prefix. The index needs three characters. So
/// a text of two characters matches only the beginning of a name, and a single character only a whole name.
pub(super) fn finds(db: &Db, text: &SearchText) -> Condition {
    ways(text).iter().fold(Condition::any(), |any, patterns| any.add(have_all(db, patterns)))
}

/// The same rows, by reading the names of each.
pub(super) fn contains(text: &SearchText) -> Condition {
    let names = || search_term::Column::Names.into_expr();
    ways(text).iter().fold(Condition::any(), |any, patterns| any.add(are_like(&names(), patterns)))
}

/// Rows with a name that is the text as a whole.
pub(super) fn is_named(db: &Db, text: &str) -> Condition {
    have_all(db, &[format!("%\n {text} \n%")])
}

/// The ways in which names can match a text: all patterns of one of them.
fn ways(text: &SearchText) -> Vec<Vec<String>> {
    let folded = text.as_str();
    let (first, last) = folded.rsplit_once(' ').unwrap_or(("", folded));
    let together = match folded.chars().count() {
        1 => format!("%\n {folded} \n%"),
        2 => format!("%\n {folded}%"),
        _ => format!("%{folded}%"),
    };
    let apart: Vec<String> = first.split_whitespace().map(|word| format!("% {word} %")).chain([format!("% {last}%")]).collect();
    if first.is_empty() { vec![vec![together]] } else { vec![vec![together], apart] }
}

/// Rows whose names match every pattern. On PostgreSQL the column has an index. The index of SQLite is a table of its own: it finds the rows
/// that have all trigrams of the patterns, and `LIKE` compares those.
fn have_all(db: &Db, patterns: &[String]) -> Condition {
    let matching = are_like(&search_term::Column::Names.into_expr(), patterns);
    if db.backend() == DbBackend::Postgres {
        return matching;
    }
    let index = Alias::new("search_index");
    let has_trigrams = Expr::col(index.clone()).binary(BinOper::Custom("MATCH"), trigrams(patterns));
    let found = Query::select().column(Alias::new("rowid")).from(index).and_where(has_trigrams).take();
    Condition::all().add(search_term::Column::Number.in_subquery(found)).add(matching)
}

/// The trigrams of patterns, as a question to the index. At least one pattern has three characters; folded texts have no quotation marks.
fn trigrams(patterns: &[String]) -> String {
    let mut trigrams = BTreeSet::new();
    for pattern in patterns {
        let letters: Vec<char> = pattern.trim_matches('%').chars().collect();
        trigrams.extend(letters.windows(3).map(|letters| format!("\"{}\"", String::from_iter(letters))));
    }
    Vec::from_iter(trigrams).join(" AND ")
}

fn are_like(names: &Expr, patterns: &[String]) -> Condition {
    patterns.iter().fold(Condition::all(), |all, pattern| all.add(names.clone().like(pattern.as_str())))
}
