//! Pagination of lists that can grow: Relay connections with keyset cursors over a total order that ends in the id.
//!
//! A cursor holds the sort key of its row, so inserting or deleting other rows does not shift a page. One window query pages the lists of
//! many parents at once.

pub(crate) mod args;
pub(crate) mod connection;
pub(crate) mod cursor;
pub(crate) mod listing;
pub(crate) mod order;
mod rows;

use std::sync::Arc;

use async_graphql::{Context, OutputType};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_store::RowOf;
use sea_orm::prelude::*;

use crate::error::Result;
use crate::loader::LoaderContext;
use args::PageArgs;
use connection::{Count, Edge, Paged};
use cursor::CursorOf;
use listing::Listing;
use rows::{CountOf, PageOf, Rows, Slice};

/// Loads the requested page of a list, and converts each row to a node with `show`.
pub(crate) fn page<'a, L, N>(
    ctx: &'a Context<'_>,
    list: L,
    parent: Option<Uuid>,
    args: &PageArgs,
    show: fn(RowOf<L::Entity>) -> N,
) -> BoxFuture<'a, Result<Paged<N>>>
where
    L: Listing + 'a,
    N: OutputType + 'a,
{
    match PageRequest::new(ctx, list, parent, args) {
        Ok(request) => request.page(ctx, show),
        Err(refused) => std::future::ready(Err(refused)).boxed(),
    }
}

/// Whether the selection set of a connection has rows, and not only a count.
pub(crate) fn wants_rows(ctx: &Context<'_>) -> bool {
    let look = ctx.look_ahead();
    ["edges", "nodes", "pageInfo"].iter().any(|field| look.field(field).exists())
}

/// A requested page with validated arguments.
pub(crate) struct PageRequest<L> {
    key: PageOf<L>,
    /// Whether the selection set has rows, and not only a count.
    wants_rows: bool,
    wants_count: bool,
}

impl<L: Listing> PageRequest<L> {
    /// Validates the arguments of the field. A cursor must belong to this list and order.
    pub(crate) fn new(ctx: &Context<'_>, list: L, parent: Option<Uuid>, args: &PageArgs) -> Result<Self> {
        let order = list.order().ending_in_id::<L::Entity>();
        let cursor_of = CursorOf { list: list.name(), order: order.cursor_name() };
        let decode = |cursor: &Option<String>| cursor.as_deref().map(|cursor| cursor_of.decode(&order.kinds(), cursor)).transpose();
        let slice = Slice {
            after: decode(&args.after)?,
            before: decode(&args.before)?,
            extent: args.extent(L::DEFAULT, L::MAXIMUM)?,
            count_along: false,
        };
        let wants_count = ctx.look_ahead().field("totalCount").exists();
        Ok(Self { key: PageOf { list, parent, slice }, wants_rows: wants_rows(ctx), wants_count })
    }

    /// Counts the list in the same statement as its first page. This pays if the rows are few and costly to find.
    pub(crate) fn counting_along(mut self) -> Self {
        let is_first = self.key.slice.after.is_none() && self.key.slice.before.is_none();
        self.key.slice.count_along = is_first && self.wants_count;
        self
    }

    /// Loads the page. If leading rows fill it, the full list is not queried.
    pub(crate) fn page<'a, N>(self, ctx: &'a Context<'_>, show: fn(RowOf<L::Entity>) -> N) -> BoxFuture<'a, Result<Paged<N>>>
    where
        L: 'a,
        N: OutputType + 'a,
    {
        let loading = async move {
            if !self.key.slice.extent.from_end
                && let Some(leading) = self.key.list.leading()
                && let Some(page) = self.page_from(ctx, leading, show).await?
            {
                return Ok(page);
            }
            let rows = self.rows(ctx).await?;
            Ok(self.shown(rows, show))
        };
        loading.boxed()
    }

    /// Loads the page from a shorter list that begins with the same rows. `None` if that list does not fill the page.
    async fn page_from<N: OutputType>(&self, ctx: &Context<'_>, leading: L, show: fn(RowOf<L::Entity>) -> N) -> Result<Option<Paged<N>>> {
        let key = PageOf { list: leading, ..self.key.clone() };
        let rows = Self { key, ..*self }.rows(ctx).await?;
        Ok(rows.more.then(|| self.shown(rows, show)))
    }

    async fn rows(&self, ctx: &Context<'_>) -> Result<Rows<RowOf<L::Entity>>> {
        let rows = if self.wants_rows { ctx.loader().get(self.key.clone()).await? } else { None };
        Ok(rows.unwrap_or(Rows { shown: Vec::new(), more: false, count: None }))
    }

    fn shown<N>(&self, rows: Rows<RowOf<L::Entity>>, show: fn(RowOf<L::Entity>) -> N) -> Paged<N> {
        let Rows { shown, more, count } = rows;
        let PageOf { list, parent, slice: Slice { after, before, extent, .. } } = self.key.clone();
        let count: Count = Arc::new(move |ctx| match count {
            Some(count) => std::future::ready(Ok(count)).boxed(),
            None => ctx.loader().get_or_default(CountOf { list: list.clone(), parent }).boxed(),
        });
        Paged {
            edges: shown.into_iter().map(|(cursor, row)| Edge { cursor, node: show(row) }).collect(),
            has_previous_page: after.is_some() || (extent.from_end && more),
            has_next_page: before.is_some() || (!extent.from_end && more),
            count,
        }
    }
}
