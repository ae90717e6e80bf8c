//! The connections of Relay: a page of a list, its items with their cursors, and where it lies. `page` fills them.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Object, OutputType, SimpleObject, TypeName};
use futures_util::future::BoxFuture;

use crate::error::Result;

/// A page of a list that can grow.
pub(crate) struct Paged<N> {
    pub(crate) edges: Vec<Edge<N>>,
    pub(crate) has_previous_page: bool,
    pub(crate) has_next_page: bool,
    pub(crate) count: Count,
}

/// How the whole list is counted.
pub(crate) type Count = Arc<dyn for<'a> Fn(&'a Context<'_>) -> BoxFuture<'a, Result<i32>> + Send + Sync>;

/// A page of a list that can grow.
#[Object(name_type)]
impl<N: OutputType> Paged<N> {
    /// The items of the page, each with its cursor.
    async fn edges(&self) -> &[Edge<N>] {
        &self.edges
    }

    /// The items of the page without their cursors.
    async fn nodes(&self) -> Vec<&N> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page lies in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous_page,
            has_next_page: self.has_next_page,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many items the whole list has, whatever the page. Costs a count of its own, so ask only when you show it.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        (self.count)(ctx).await
    }
}

/// Where a page lies in its list.
#[derive(SimpleObject)]
#[graphql(shareable)]
struct PageInfo {
    /// Whether the list goes on behind the page.
    has_next_page: bool,
    /// Whether the list begins before the page.
    has_previous_page: bool,
    /// The cursor of the first item, for `before` of the page before; null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last item, for `after` of the next page; null on an empty page.
    end_cursor: Option<String>,
}

impl<N: OutputType> TypeName for Paged<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

/// An item of a list with its place in it.
pub(crate) struct Edge<N> {
    pub(crate) cursor: String,
    pub(crate) node: N,
}

/// An item of a list with its place in it.
#[Object(name_type)]
impl<N: OutputType> Edge<N> {
    /// The place of the item, for `after` and `before` of the same list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> &N {
        &self.node
    }
}

impl<N: OutputType> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", N::type_name()).into()
    }
}
