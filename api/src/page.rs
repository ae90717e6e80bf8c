//! Pages of lists that can grow: Relay connections with keyset cursors over a total order that ends in the id.
//!
//! A cursor holds the order's values of its row, so rows that come or go elsewhere do not shift a page. Lists nested
//! under many parents are cut by one window query for all of them.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, OutputType};
use futures_util::FutureExt;
use podium_entity::key;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, Asterisk, ExprTrait, Func, OverStatement, Query, SelectStatement, WindowStatement};
use sea_orm::{FromQueryResult, Order as Direction, QueryResult, QueryTrait};

use crate::cursor::{self, Key, Kind};
use crate::error::{Error, Result};
use crate::graph::connection::{Count, Edge, Paged};
use crate::graph::order_direction::OrderDirection;
use crate::load::{Db, Load, group};

/// How many nodes a page has when neither the field nor the question says another number.
pub(crate) const DEFAULT_PAGE: i32 = 20;
/// How many nodes a page may have where the field says no other number.
pub(crate) const MAXIMUM_PAGE: i32 = 100;

/// A list that is paged: which rows, whose, and in which order.
pub(crate) trait Listing: Clone + Hash + Eq + Send + Sync + 'static {
    type Entity: EntityTrait<Model: Sync>;
    /// How many nodes a page has when nothing is said.
    const DEFAULT: i32 = DEFAULT_PAGE;
    /// How many nodes a page may have.
    const MAXIMUM: i32 = MAXIMUM_PAGE;

    /// All rows of the list, of every parent.
    fn select(&self) -> Result<Select<Self::Entity>>;

    /// The column that says whose list a row is in; none when there is one list only.
    fn owner(&self) -> Option<Expr> {
        None
    }

    /// What the rows are ordered by, before the id.
    fn order(&self) -> Order;

    /// Such rows alone as come before all others, where they are found more quickly: when they fill a page, they are the page.
    fn leaders(&self) -> Option<Self> {
        None
    }

    /// Whether the rows are so few, and so costly to find, that they are counted along with their first page.
    fn counts_along(&self) -> bool {
        false
    }

    /// Counts the rows of these parents as `COUNT`, beside the `OWNER` where the list has one.
    fn count(&self, parents: Vec<Uuid>) -> Result<SelectStatement> {
        count_rows(self, parents)
    }
}

/// Counts the rows of a list by reading them.
pub(crate) fn count_rows<L: Listing>(list: &L, parents: Vec<Uuid>) -> Result<SelectStatement> {
    let mut select = list.select()?;
    let statement = QueryTrait::query(&mut select);
    statement.clear_selects().expr_as(Expr::col(Asterisk).count(), Alias::new(COUNT));
    Ok(count_by(statement, list.owner(), parents))
}

/// Counts what a statement selects by whose it is.
pub(crate) fn count_by(statement: &mut SelectStatement, owner: Option<Expr>, parents: Vec<Uuid>) -> SelectStatement {
    if let Some(owner) = owner {
        statement.expr_as(owner.clone(), Alias::new(OWNER)).and_where(owner.clone().is_in(parents)).add_group_by([owner]);
    }
    statement.take()
}

/// Never-null values that order a list. All of them ascend, or all descend: a mixed order negates its numbers.
pub(crate) struct Order {
    name: &'static str,
    direction: OrderDirection,
    terms: Vec<(Expr, Kind)>,
    descending: bool,
}

impl Order {
    /// An order by the name that its cursors bear, without terms yet.
    pub(crate) fn by(name: &'static str) -> Self {
        Self { name, direction: OrderDirection::Asc, terms: Vec::new(), descending: false }
    }

    pub(crate) fn text(mut self, column: impl Into<Expr>) -> Self {
        self.terms.push((column.into(), Kind::Text));
        self
    }

    pub(crate) fn int(mut self, number: impl Into<Expr>) -> Self {
        self.terms.push((number.into().cast_as("bigint"), Kind::Int));
        self
    }

    /// A number that turns with the direction, while what equals are ordered by does not.
    pub(crate) fn int_towards(mut self, direction: OrderDirection, number: Expr) -> Self {
        self.direction = direction;
        self.int(direction.sign(number))
    }

    /// All terms in this direction.
    pub(crate) fn towards(mut self, direction: OrderDirection) -> Self {
        self.direction = direction;
        self.descending = direction.is_descending();
        self
    }

    /// What cursors of this order bear.
    fn cursor_name(&self) -> String {
        format!("{} {:?}", self.name, self.direction)
    }

    fn kinds(&self) -> Vec<Kind> {
        self.terms.iter().map(|(_, kind)| *kind).collect()
    }

    fn ending_in_id<E: EntityTrait>(mut self) -> Self {
        self.terms.push((key::column::<E>().into_expr(), Kind::Id));
        self
    }
}

/// The paging arguments of a field, as they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageArgs {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

/// How many nodes, from which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Extent {
    pub(crate) count: i32,
    pub(crate) from_end: bool,
}

impl PageArgs {
    /// The number of nodes asked for, within the bounds of the list.
    pub(crate) fn extent(&self, default: i32, maximum: i32) -> Result<Extent> {
        let (name, count, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(Error::bad_input("Give `first` or `last`, not both.")),
            (Some(first), None) => ("first", first, false),
            (None, Some(last)) => ("last", last, true),
            (None, None) => ("first", default, false),
        };
        match count {
            ..0 => Err(Error::bad_input(format!("`{name}` is {count}, but a page cannot have fewer than 0 nodes."))),
            _ if count > maximum => {
                Err(Error::bad_input(format!("`{name}` is {count}, but a page of this list has at most {maximum} nodes.")))
            }
            _ => Ok(Extent { count, from_end }),
        }
    }
}

/// A part of a list: the rows between two cursors, a number of them from one end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Slice {
    after: Option<Vec<Key>>,
    before: Option<Vec<Key>>,
    extent: Extent,
    /// Whether the whole list is counted along.
    counted: bool,
}

impl Slice {
    /// One row more than are shown, to see whether the list goes on.
    fn limit(&self) -> usize {
        self.extent.count.cast_unsigned() as usize + 1
    }
}

/// A page of a list, of one parent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PageOf<L> {
    list: L,
    parent: Option<Uuid>,
    slice: Slice,
}

/// The rows of a page with their cursors, in the order of the list, and whether there are more behind the cut.
#[derive(Clone)]
pub(crate) struct Rows<M> {
    shown: Vec<(String, M)>,
    more: bool,
    /// How many the whole list has, where it was counted along.
    count: Option<i32>,
}

/// The page of a list that a field asks for, its rows shown by `show`.
pub(crate) async fn page<L, N>(
    ctx: &Context<'_>,
    list: L,
    parent: Option<Uuid>,
    args: PageArgs,
    show: fn(<L::Entity as EntityTrait>::Model) -> N,
) -> Result<Paged<N>>
where
    L: Listing,
    N: OutputType,
{
    let order = list.order().ending_in_id::<L::Entity>();
    let decode = |cursor: &str| cursor::decode(&order.cursor_name(), &order.kinds(), cursor);
    let look = ctx.look_ahead();
    let is_first = args.after.is_none() && args.before.is_none();
    let slice = Slice {
        after: args.after.as_deref().map(&decode).transpose()?,
        before: args.before.as_deref().map(&decode).transpose()?,
        extent: args.extent(L::DEFAULT, L::MAXIMUM)?,
        counted: is_first && list.counts_along() && look.field("totalCount").exists(),
    };
    let asks_for_page = ["edges", "nodes", "pageInfo"].iter().any(|field| look.field(field).exists());
    let rows = match asks_for_page {
        true => ctx.loads().maybe(PageOf { list: list.clone(), parent, slice: slice.clone() }).await?,
        false => None,
    };
    let Rows { shown, more, count } = rows.unwrap_or(Rows { shown: Vec::new(), more: false, count: None });
    let Slice { after, before, extent, .. } = &slice;
    let before_it = after.is_some() || (extent.from_end && more);
    let behind_it = before.is_some() || (!extent.from_end && more);
    let count: Count = Arc::new(move |ctx| match count {
        Some(count) => std::future::ready(Ok(count)).boxed(),
        None => ctx.loads().all(CountOf { list: list.clone(), parent }).boxed(),
    });
    let edges = shown.into_iter().map(|(cursor, row)| Edge { cursor, node: show(row) }).collect();
    Ok(Paged { edges, has_previous_page: before_it, has_next_page: behind_it, count })
}

impl<L: Listing> Loader<PageOf<L>> for Db {
    type Value = Rows<<L::Entity as EntityTrait>::Model>;
    type Error = Error;

    async fn load(&self, keys: &[PageOf<L>]) -> Result<HashMap<PageOf<L>, Self::Value>> {
        let mut pages = HashMap::new();
        for ((list, slice), parents) in group(keys.iter().map(|key| ((key.list.clone(), key.slice.clone()), key.parent))) {
            let ids: Vec<Uuid> = parents.iter().flatten().copied().collect();
            let mut rows = Vec::new();
            if let Some(leaders) = list.leaders().filter(|_| !slice.extent.from_end) {
                rows = self.0.query_all(&slice_statement(&leaders, &slice, ids.clone())?).await?;
            }
            if rows.len() < slice.limit() {
                rows = self.0.query_all(&slice_statement(&list, &slice, ids)?).await?;
            }
            let count = match slice.counted {
                true => Some(rows.first().map_or(Ok(0), |row| row.try_get::<i64>("", COUNT))?),
                false => None,
            };
            let count = count.map(|count| i32::try_from(count).unwrap_or(i32::MAX));
            let mut found = group(read::<L>(&list, rows)?);
            for parent in parents {
                let rows = Rows { count, ..cut(found.remove(&parent).unwrap_or_default(), slice.extent) };
                pages.insert(PageOf { list: list.clone(), parent, slice: slice.clone() }, rows);
            }
        }
        Ok(pages)
    }
}

/// The rows of a slice for each parent, and one more to see whether the list goes on.
fn slice_statement<L: Listing>(list: &L, slice: &Slice, parents: Vec<Uuid>) -> Result<SelectStatement> {
    let order = list.order().ending_in_id::<L::Entity>();
    let direction = if order.descending == slice.extent.from_end { Direction::Asc } else { Direction::Desc };
    let limit = slice.limit() as u64;
    let mut select = list.select()?;
    let statement = QueryTrait::query(&mut select);
    for (cursor, is_after) in [(&slice.after, true), (&slice.before, false)] {
        if let Some(cursor) = cursor {
            let row = Expr::tuple(order.terms.iter().map(|(term, _)| term.clone()));
            let bound = Expr::tuple(cursor.iter().map(Key::sql));
            statement.and_where(if is_after == order.descending { row.lt(bound) } else { row.gt(bound) });
        }
    }
    for (place, (term, _)) in order.terms.iter().enumerate() {
        statement.expr_as(term.clone(), Alias::new(key_name(place)));
    }
    let Some(owner) = list.owner() else {
        if slice.counted {
            statement.expr_window_as(Expr::col(Asterisk).count(), WindowStatement::new(), Alias::new(COUNT));
        }
        // By their names, so that a term is worked out once.
        for place in 0..order.terms.len() {
            statement.order_by_expr(Expr::col(Alias::new(key_name(place))), direction.clone());
        }
        return Ok(statement.limit(limit).take());
    };
    let mut window = WindowStatement::new();
    window.add_partition_by(owner.clone());
    for (term, _) in order.terms {
        window.order_by_expr(term, direction.clone());
    }
    statement.and_where(owner.clone().is_in(parents)).expr_as(owner, Alias::new(OWNER));
    statement.expr_window_as(Func::cust("ROW_NUMBER"), window.take(), Alias::new(PLACE));
    let inner = statement.take();
    Ok(Query::select()
        .column(Asterisk)
        .from_subquery(inner, Alias::new("page"))
        .and_where(Expr::col(Alias::new(PLACE)).lte(limit))
        .order_by(Alias::new(PLACE), Direction::Asc)
        .take())
}

const OWNER: &str = "page_owner";
pub(crate) const COUNT: &str = "count";
const PLACE: &str = "page_place";

fn key_name(place: usize) -> String {
    format!("page_key_{place}")
}

/// The rows with their owner and cursor.
#[expect(clippy::type_complexity, reason = "an owner beside a cursor and a row, read at once by `load`")]
fn read<L: Listing>(list: &L, rows: Vec<QueryResult>) -> Result<Vec<(Option<Uuid>, (String, <L::Entity as EntityTrait>::Model))>> {
    let order = list.order().ending_in_id::<L::Entity>();
    let kinds = order.kinds();
    let has_owner = list.owner().is_some();
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let owner = if has_owner { Some(row.try_get("", OWNER)?) } else { None };
        let keys: std::result::Result<Vec<Key>, DbErr> =
            kinds.iter().enumerate().map(|(place, kind)| kind.read(&row, &key_name(place))).collect();
        read.push((owner, (cursor::encode(&order.cursor_name(), &keys?), FromQueryResult::from_query_result(&row, "")?)));
    }
    Ok(read)
}

/// Takes the row away that only tells that there are more, and puts a page from the end into the order of the list.
fn cut<M>(mut rows: Vec<(String, M)>, extent: Extent) -> Rows<M> {
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
pub(crate) struct CountOf<L> {
    list: L,
    parent: Option<Uuid>,
}

impl<L: Listing> Loader<CountOf<L>> for Db {
    type Value = i32;
    type Error = Error;

    async fn load(&self, keys: &[CountOf<L>]) -> Result<HashMap<CountOf<L>, i32>> {
        let mut counts = HashMap::new();
        for (list, parents) in group(keys.iter().map(|key| (key.list.clone(), key.parent))) {
            let statement = list.count(parents.into_iter().flatten().collect())?;
            for row in self.0.query_all(&statement).await? {
                let parent = if list.owner().is_some() { Some(row.try_get("", OWNER)?) } else { None };
                let count: i64 = row.try_get("", COUNT)?;
                counts.insert(CountOf { list: list.clone(), parent }, i32::try_from(count).unwrap_or(i32::MAX));
            }
        }
        Ok(counts)
    }
}

/// The bound of a short list that is not paged.
pub(crate) fn at_most_100(first: i32) -> Result<u64> {
    match first {
        0..=MAXIMUM_PAGE => Ok(first.unsigned_abs().into()),
        _ => Err(Error::bad_input(format!("`first` is {first}, but this list has from 0 to {MAXIMUM_PAGE} items."))),
    }
}

/// How many of a plain list are wanted from its top; all of them when nothing is said.
pub(crate) fn from_the_top(first: Option<i32>) -> Result<usize> {
    match first.map(usize::try_from) {
        Some(Err(_)) => Err(Error::bad_input("`first` must be at least 0.")),
        Some(Ok(first)) => Ok(first),
        None => Ok(usize::MAX),
    }
}
