//! Loading pages: keyset conditions, and one window query for the lists of many parents.

use std::collections::HashMap;

use podium_store::{Row, RowOf};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, Asterisk, ExprTrait, Func, OverStatement, Query, SelectStatement, WindowStatement};
use sea_orm::{DbBackend, Order as Direction, QueryTrait};

use super::args::PageSize;
use super::cursor::{self, CursorOf};
use super::listing::{COUNT, Listing, OWNER};
use super::order::Order;
use crate::loader::{Db, HeapSize, Key, Loaded, among, group};

/// A slice of a list: a number of rows between two cursors, counted from one end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Slice {
    pub(super) after: Option<Vec<cursor::Key>>,
    pub(super) before: Option<Vec<cursor::Key>>,
    pub(super) extent: PageSize,
    /// Whether the same statement counts the whole list.
    pub(super) count_along: bool,
}

impl Slice {
    /// One row more than the page shows, to detect whether the list continues.
    pub(super) fn limit(&self) -> usize {
        self.extent.count.cast_unsigned() as usize + 1
    }
}

/// A page of a list, of one parent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct PageOf<L> {
    pub(super) list: L,
    pub(super) parent: Option<Uuid>,
    pub(super) slice: Slice,
}

/// The rows of a page with their cursors, in the order of the list.
#[derive(Clone)]
pub(super) struct Rows<M> {
    pub(super) shown: Vec<(String, M)>,
    /// Whether the list continues beyond the page.
    pub(super) more: bool,
    /// The length of the whole list, if the same statement counted it.
    pub(super) count: Option<i32>,
}

impl<M: HeapSize> HeapSize for Rows<M> {
    fn heap_bytes(&self) -> usize {
        self.shown.heap_bytes()
    }
}

impl<L: Listing> Key for PageOf<L> {
    type Value = Rows<RowOf<L::Entity>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut pages = HashMap::new();
        for ((list, slice), parents) in group(keys.iter().map(|key| ((key.list.clone(), key.slice.clone()), key.parent))) {
            let ids: Vec<Uuid> = parents.iter().flatten().copied().collect();
            let rows = db.rows(&slice_statement(db, &list, &slice, &ids)).await?;
            let count = match slice.count_along {
                true => Some(rows.first().map_or(Ok(0), |row| row.get::<i64>(COUNT))?),
                false => None,
            };
            let count = count.map(|count| i32::try_from(count).unwrap_or(i32::MAX));
            let mut found = group(read::<L>(&list, rows)?);
            for parent in parents {
                let rows = Rows { count, ..cut(found.remove(&parent).unwrap_or_default(), slice.extent) };
                pages.insert(Self { list: list.clone(), parent, slice: slice.clone() }, rows);
            }
        }
        Ok(pages)
    }
}

/// The rows of a slice for each parent, and one more to detect whether the list continues.
fn slice_statement<L: Listing>(db: &Db, list: &L, slice: &Slice, parents: &[Uuid]) -> SelectStatement {
    let order = list.order().ending_in_id::<L::Entity>();
    let direction = if order.descending == slice.extent.from_end { Direction::Asc } else { Direction::Desc };
    let limit = slice.limit() as u64;
    let mut select = list.select(db);
    let statement = QueryTrait::query(&mut select);
    for (cursor, is_after) in [(&slice.after, true), (&slice.before, false)] {
        if let Some(cursor) = cursor {
            let row = Expr::tuple(order.terms.iter().map(|(term, _)| term.clone()));
            let bound = Expr::tuple(cursor.iter().map(cursor::Key::sql));
            statement.and_where(if is_after == order.descending { row.lt(bound) } else { row.gt(bound) });
        }
    }
    for (place, (term, _)) in order.terms.iter().enumerate() {
        statement.expr_as(term.clone(), Alias::new(key_name(place)));
    }
    let Some(owner) = list.owner() else {
        if slice.count_along {
            statement.expr_window_as(Expr::col(Asterisk).count(), WindowStatement::new(), Alias::new(COUNT));
        }
        return in_order(statement, &order, &direction).limit(limit).take();
    };
    statement.and_where(among(db, owner.clone(), parents.iter().copied())).expr_as(owner.clone(), Alias::new(OWNER));
    if parents.len() == 1 {
        if db.backend() == DbBackend::Postgres {
            // Keeps PostgreSQL from walking an index in the order of the list, past the rows of all other parents.
            statement.offset(0);
        }
        return in_order(&mut page_of(statement), &order, &direction).limit(limit).take();
    }
    let mut window = WindowStatement::new();
    window.add_partition_by(owner);
    for (term, _) in order.terms {
        window.order_by_expr(term, direction.clone());
    }
    statement.expr_window_as(Func::cust("ROW_NUMBER"), window.take(), Alias::new(PLACE));
    page_of(statement).and_where(Expr::col(Alias::new(PLACE)).lte(limit)).order_by(Alias::new(PLACE), Direction::Asc).take()
}

/// All columns of the rows that a statement selects.
fn page_of(statement: &mut SelectStatement) -> SelectStatement {
    Query::select().column(Asterisk).from_subquery(statement.take(), Alias::new("page")).take()
}

/// Sorts by the aliases of the terms, so that each term is computed once.
fn in_order<'a>(statement: &'a mut SelectStatement, order: &Order, direction: &Direction) -> &'a mut SelectStatement {
    for place in 0..order.terms.len() {
        statement.order_by_expr(Expr::col(Alias::new(key_name(place))), direction.clone());
    }
    statement
}

const PLACE: &str = "page_place";

fn key_name(place: usize) -> String {
    format!("page_key_{place}")
}

/// The rows with their owner and cursor.
#[expect(clippy::type_complexity, reason = "an owner beside a cursor and a row, read at once by `load`")]
fn read<L: Listing>(list: &L, rows: Vec<Row>) -> Result<Vec<(Option<Uuid>, (String, RowOf<L::Entity>))>, DbErr> {
    let order = list.order().ending_in_id::<L::Entity>();
    let kinds = order.kinds();
    let cursor_of = CursorOf { list: list.name(), order: order.cursor_name() };
    let has_owner = list.owner().is_some();
    let mut read = Vec::with_capacity(rows.len());
    for mut row in rows {
        let owner = if has_owner { Some(row.get(OWNER)?) } else { None };
        let keys: Result<Vec<cursor::Key>, DbErr> =
            kinds.iter().enumerate().map(|(place, kind)| kind.read(&row, &key_name(place))).collect();
        read.push((owner, (cursor_of.encode(&keys?), row.model::<L::Entity>("")?)));
    }
    Ok(read)
}

/// Drops the extra row that shows whether the list continues. Reverses a page that was counted from the end.
fn cut<M>(mut rows: Vec<(String, M)>, extent: PageSize) -> Rows<M> {
    let count = extent.count.cast_unsigned() as usize;
    let more = rows.len() > count;
    rows.truncate(count);
    if extent.from_end {
        rows.reverse();
    }
    Rows { shown: rows, more, count: None }
}

/// How many rows a list has, of one parent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct CountOf<L> {
    pub(super) list: L,
    pub(super) parent: Option<Uuid>,
}

impl<L: Listing> Key for CountOf<L> {
    type Value = i32;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut counts = HashMap::new();
        for (list, parents) in group(keys.iter().map(|key| (key.list.clone(), key.parent))) {
            let statement = list.count(db, parents.into_iter().flatten().collect());
            for row in db.rows(&statement).await? {
                let parent = if list.owner().is_some() { Some(row.get(OWNER)?) } else { None };
                let count: i64 = row.get(COUNT)?;
                counts.insert(CountOf { list: list.clone(), parent }, i32::try_from(count).unwrap_or(i32::MAX));
            }
        }
        Ok(counts)
    }
}
