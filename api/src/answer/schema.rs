//! The schemas of the library: one that validates and stops, one that executes what is known to be valid, and their SDL.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{EmptyMutation, EmptySubscription, ObjectType, Response, SDLExportOptions, SchemaBuilder, ValidationMode};

use crate::federation::Subgraph;
use crate::limits::Limits;
use crate::query::Query;

/// The schema with everything that clients and gateways can ask.
pub(super) type Library = async_graphql::Schema<Subgraph, EmptyMutation, EmptySubscription>;

/// Finds what is wrong with a document, and answers nothing.
pub(super) fn validator() -> Library {
    build(Subgraph).extension(OnlyValidate).finish()
}

/// Answers documents that are known to be valid, without validating them again.
pub(super) fn executor(limits: Limits) -> Library {
    build(Subgraph).validation_mode(ValidationMode::Fast).data(limits).finish()
}

fn build<Q: ObjectType + 'static>(query: Q) -> SchemaBuilder<Q, EmptyMutation, EmptySubscription> {
    // Nesting is a limit of ours, which is far below.
    async_graphql::Schema::build(query, EmptyMutation, EmptySubscription).limit_recursive_depth(1000)
}

/// The schema as text, what `schema.graphql` holds: what people and their clients ask. Needs no store.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let mut sdl = build(Query).finish().sdl_with_options(options);
    sdl.truncate(sdl.trim_end().len());
    sdl.push('\n');
    sdl
}

/// The schema as a gateway composes it, with the keys of its entities; the same as `_service { sdl }`. Needs no store.
#[must_use]
pub fn federation_sdl() -> String {
    build(Subgraph).finish().sdl_with_options(SDLExportOptions::new().federation().compose_directive())
}

/// Stops the library when it has validated a document.
struct OnlyValidate;

impl ExtensionFactory for OnlyValidate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for OnlyValidate {
    async fn execute(&self, _: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        Response::default()
    }
}
