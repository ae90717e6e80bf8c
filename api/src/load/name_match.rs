//! The SQL condition that a name contains a search text, over the search terms.

use podium_entity::search_term;
use sea_orm::Condition;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, Query};

use crate::question::search_text::SearchText;

/// Rows with the folded text in their names, or with each of its words; the last word may be a prefix. The index needs three characters. So
/// a text of two characters matches only the beginning of a name, and a single character only a whole name.
pub(super) fn finds(text: &SearchText) -> Condition {
    let folded = text.as_str();
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

/// Rows whose names match every pattern. SQLite uses the index by querying `search_index`, PostgreSQL by the condition on the column.
fn have_all(patterns: &[String]) -> Condition {
    let of = |column: Expr| patterns.iter().fold(Condition::all(), |all, pattern| all.add(column.clone().like(pattern.as_str())));
    let found =
        Query::select().column(Alias::new("rowid")).from(Alias::new("search_index")).cond_where(of(Expr::col(Alias::new("names")))).take();
    Condition::all().add(search_term::Column::Number.in_subquery(found)).add(of(search_term::Column::Names.into_expr()))
}
