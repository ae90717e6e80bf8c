//! Paged lists: a list defines its rows, their parent and their order.

use std::hash::Hash;

use podium_entity::table::Table;
use sea_orm::QueryTrait;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, Asterisk, ExprTrait, SelectStatement};

use super::args::{DEFAULT_PAGE, MAXIMUM_PAGE};
use super::order::Order;
use crate::loader::{Db, among};

/// A list that is paged.
pub(crate) trait Listing: Clone + Hash + Eq + Send + Sync + 'static {
    type Entity: Table;
    /// The page size if the request does not set one.
    const DEFAULT: i32 = DEFAULT_PAGE;
    /// The maximum page size.
    const MAXIMUM: i32 = MAXIMUM_PAGE;

    /// The name of the list in its cursors, such as `Games.eventEditions`.
    fn name(&self) -> &'static str;

    /// All rows of the list, of every parent.
    fn select(&self, db: &Db) -> Select<Self::Entity>;

    /// The column with the parent of a row; `None` for a list without parents.
    fn owner(&self) -> Option<Expr> {
        None
    }

    /// The sort order; the id is added as the last term.
    fn order(&self) -> Order;

    /// A cheaper list of the leading rows only, where an index finds them.
    fn leading(&self) -> Option<Self> {
        None
    }

    /// Counts the rows of these parents as `COUNT`, and selects the parent as `OWNER` if the list has one.
    fn count(&self, db: &Db, parents: Vec<Uuid>) -> SelectStatement {
        count_rows(db, self, parents)
    }
}

/// The column with the parent of a row.
pub(super) const OWNER: &str = "page_owner";
/// The column with a count.
pub(crate) const COUNT: &str = "count";

/// Counts the rows of a list by reading them.
pub(crate) fn count_rows<L: Listing>(db: &Db, list: &L, parents: Vec<Uuid>) -> SelectStatement {
    let mut select = list.select(db);
    let statement = QueryTrait::query(&mut select);
    statement.clear_selects().expr_as(Expr::col(Asterisk).count(), Alias::new(COUNT));
    count_by(db, statement, list.owner(), parents)
}

/// Groups a count by the parent of the rows.
pub(crate) fn count_by(db: &Db, statement: &mut SelectStatement, owner: Option<Expr>, parents: Vec<Uuid>) -> SelectStatement {
    if let Some(owner) = owner {
        statement.expr_as(owner.clone(), Alias::new(OWNER)).and_where(among(db, owner.clone(), parents)).add_group_by([owner]);
    }
    statement.take()
}
