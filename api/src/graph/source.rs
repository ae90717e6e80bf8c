//! `Source`.

use std::sync::Arc;

use async_graphql::{Description, ID, Object};
use podium_entity::source;

use crate::graph::node::{NodeType, global_id};

/// A source of the facts.
#[derive(Description)]
pub(crate) struct Source(pub(crate) Arc<source::Model>);

#[Object(use_type_description)]
impl Source {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Source, self.0.id)
    }

    /// The title of the book or page, or the name of the organisation.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The web address of the source; null when it exists only in print.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// The licence of its text; null when none is stated.
    async fn licence(&self) -> Option<&str> {
        self.0.licence.as_deref()
    }
}
