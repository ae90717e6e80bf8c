//! Relay connections: a page of a list, its items with their cursors, and its position. `page` fills them.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Object, OutputType, SimpleObject, TypeName};
use futures_util::future::BoxFuture;

use crate::error::Result;

/// One page of a list that can grow.
pub(crate) struct Paged<N> {
    pub(crate) edges: Vec<Edge<N>>,
    pub(crate) has_previous_page: bool,
    pub(crate) has_next_page: bool,
    pub(crate) count: Count,
}

/// How the whole list is counted.
pub(crate) type Count = Arc<dyn for<'a> Fn(&'a Context<'_>) -> BoxFuture<'a, Result<i32>> + Send + Sync>;

/// One page of a list that can grow.
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

    /// The position of the page in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.has_previous_page,
            has_next_page: self.has_next_page,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// The number of items in the whole list, regardless of the page. It needs a separate count, so ask for it only if you show it.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        (self.count)(ctx).await
    }
}

/// The position of a page in its list.
#[derive(SimpleObject)]
#[graphql(shareable)]
struct PageInfo {
    /// Whether there are more items after this page.
    has_next_page: bool,
    /// Whether there are items before this page.
    has_previous_page: bool,
    /// The cursor of the first item. Use it as `before` to get the previous page. Null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last item. Use it as `after` to get the next page. Null on an empty page.
    end_cursor: Option<String>,
}

impl<N: OutputType> TypeName for Paged<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

/// An item of a list with its cursor.
pub(crate) struct Edge<N> {
    pub(crate) cursor: String,
    pub(crate) node: N,
}

/// An item of a list with its cursor.
#[Object(name_type)]
impl<N: OutputType> Edge<N> {
    /// The cursor of the item, for `after` and `before` in the same list.
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
