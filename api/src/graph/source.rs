//! `Source`.

use async_graphql::{Description, Object};
use podium_entity::source;

/// Where facts come from.
#[derive(Description)]
pub(crate) struct Source(pub(crate) source::Model);

#[Object(use_type_description)]
impl Source {
    /// The title of the book, page or body.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it can be read; null when only in print.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// The licence of its text; null when none is stated.
    async fn licence(&self) -> Option<&str> {
        self.0.licence.as_deref()
    }
}
