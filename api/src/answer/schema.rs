//! The async-graphql schemas: one validates documents, one executes validated documents. Also their SDL.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{EmptyMutation, EmptySubscription, ObjectType, Response, SDLExportOptions, SchemaBuilder, ValidationMode};

use crate::federation::Subgraph;
use crate::limits::Limits;
use crate::query::Query;

/// The schema with everything that clients and gateways can ask.
pub(super) type GraphqlSchema = async_graphql::Schema<Subgraph, EmptyMutation, EmptySubscription>;

/// Validates documents and executes nothing.
pub(super) fn validator() -> GraphqlSchema {
    build(Subgraph).extension(OnlyValidate).finish()
}

/// Executes validated documents without validating them again.
pub(super) fn executor(limits: Limits) -> GraphqlSchema {
    build(Subgraph).validation_mode(ValidationMode::Fast).data(limits).finish()
}

fn build<Q: ObjectType + 'static>(query: Q) -> SchemaBuilder<Q, EmptyMutation, EmptySubscription> {
    // Our own nesting limit is far lower.
    async_graphql::Schema::build(query, EmptyMutation, EmptySubscription).limit_recursive_depth(1000)
}

/// The SDL in `schema.graphql`: everything that people and their clients can query. Needs no store.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let mut sdl = build(Query).finish().sdl_with_options(options);
    sdl.truncate(sdl.trim_end().len());
    sdl.push('\n');
    sdl
}

/// The subgraph SDL for a gateway, with the keys of the entities; the same as `_service { sdl }`. Needs no store.
#[must_use]
pub fn federation_sdl() -> String {
    build(Subgraph).finish().sdl_with_options(SDLExportOptions::new().federation().compose_directive())
}

/// An extension that stops async-graphql after validation.
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
