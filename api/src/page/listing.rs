//! What can be paged: a list says which rows it has, whose they are, and in which order.

use std::hash::Hash;

use sea_orm::QueryTrait;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, Asterisk, ExprTrait, SelectStatement};

use super::args::{DEFAULT_PAGE, MAXIMUM_PAGE};
use super::order::Order;

/// A list that is paged.
pub(crate) trait Listing: Clone + Hash + Eq + Send + Sync + 'static {
    type Entity: EntityTrait<Model: Sync>;
    /// How many nodes a page has when the question does not say.
    const DEFAULT: i32 = DEFAULT_PAGE;
    /// How many nodes a page may have.
    const MAXIMUM: i32 = MAXIMUM_PAGE;

    /// The name of the list in its cursors, such as `Games.eventEditions`.
    fn name(&self) -> &'static str;

    /// All rows of the list, of every parent.
    fn select(&self) -> Select<Self::Entity>;

    /// The column that says whose list a row is in; none when there is only one list.
    fn owner(&self) -> Option<Expr> {
        None
    }

    /// What the rows are ordered by, before the id.
    fn order(&self) -> Order;

    /// Counts the rows of these parents as `COUNT`, beside the `OWNER` where the list has one.
    fn count(&self, parents: Vec<Uuid>) -> SelectStatement {
        count_rows(self, parents)
    }
}

/// The column with the parent of a row.
pub(super) const OWNER: &str = "page_owner";
/// The column with a count.
pub(crate) const COUNT: &str = "count";

/// Counts the rows of a list by reading them.
pub(crate) fn count_rows<L: Listing>(list: &L, parents: Vec<Uuid>) -> SelectStatement {
    let mut select = list.select();
    let statement = QueryTrait::query(&mut select);
    statement.clear_selects().expr_as(Expr::col(Asterisk).count(), Alias::new(COUNT));
    count_by(statement, list.owner(), parents)
}

/// Groups a counting statement by the parents of the rows.
pub(crate) fn count_by(statement: &mut SelectStatement, owner: Option<Expr>, parents: Vec<Uuid>) -> SelectStatement {
    if let Some(owner) = owner {
        statement.expr_as(owner.clone(), Alias::new(OWNER)).and_where(owner.clone().is_in(parents)).add_group_by([owner]);
    }
    statement.take()
}
