//! The whole path of a mistake below a list. async-graphql cuts the path of an error at the outermost list. An extension sees the whole path,
//! but it would slow down every field of every answer. So only a request whose errors have cut paths is executed again, with the extension.
//! Rows that were found the first time are not loaded again.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextResolve, ResolveInfo};
use async_graphql::{PathSegment, Response, ServerResult, Value};

use crate::error::{BAD_USER_INPUT, code};

/// Whether the path of a client's mistake ends at an item of a list, where no field can fail.
pub(super) fn is_cut(response: &Response) -> bool {
    let mistakes = response.errors.iter().filter(|error| code(error).is_none_or(|code| code == BAD_USER_INPUT));
    mistakes.into_iter().any(|error| matches!(error.path.last(), Some(PathSegment::Index(_))))
}

/// The extension that remembers the path of each error.
pub(super) struct WholePaths;

impl WholePaths {
    /// Gives each error the path that was remembered.
    pub(super) fn restore(mut response: Response) -> Response {
        for error in &mut response.errors {
            if let Some(path) = error.source::<Vec<PathSegment>>().cloned() {
                error.path = path;
            }
        }
        response
    }
}

impl ExtensionFactory for WholePaths {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for WholePaths {
    async fn resolve(&self, ctx: &ExtensionContext<'_>, info: ResolveInfo<'_>, next: NextResolve<'_>) -> ServerResult<Option<Value>> {
        next.run(ctx, info).await.map_err(|mut error| {
            // The innermost field is asked first.
            if error.source::<Vec<PathSegment>>().is_none() {
                error.source = Some(Arc::new(error.path.clone()));
            }
            error
        })
    }
}
