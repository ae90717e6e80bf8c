//! The async-graphql schemas: one validates documents, one executes validated documents. Also their SDL.

use std::sync::{Arc, LazyLock};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{EmptyMutation, ObjectType, Response, SDLExportOptions, SchemaBuilder, ValidationMode, Value};

use super::error_path::WholePaths;
use crate::federation::{Root, Subgraph, SubgraphSdl};
use crate::limits::Limits;
use crate::query::{Named, Query};
use crate::subscription::Subscription;

/// Validates documents, of clients and of gateways, and executes nothing.
pub(super) type Validator = async_graphql::Schema<Subgraph, EmptyMutation, Subscription>;

/// Executes validated documents without validating them again.
pub(super) type Executor = async_graphql::Schema<Root, EmptyMutation, Subscription>;

pub(super) fn validator(suggests: bool) -> Validator {
    let validator = build(Subgraph).extension(OnlyValidate);
    let validator = if suggests { validator } else { validator.disable_suggestions() };
    validator.finish()
}

pub(super) fn executor(limits: Limits) -> Executor {
    build(Root).validation_mode(ValidationMode::Fast).data(limits).data(SubgraphSdl(federation_sdl())).finish()
}

/// The executor that answers with the whole paths of errors, more slowly.
pub(super) fn executor_with_paths(limits: Limits) -> Executor {
    let executor = build(Root).extension(WholePaths).validation_mode(ValidationMode::Fast);
    executor.data(limits).data(SubgraphSdl(federation_sdl())).finish()
}

fn build<Q: ObjectType + 'static>(query: Q) -> SchemaBuilder<Q, EmptyMutation, Subscription> {
    // Our own nesting limit is far lower.
    async_graphql::Schema::build(query, EmptyMutation, Subscription).limit_recursive_depth(1000).register_output_type::<Named>()
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

/// What async-graphql tells introspection about every schema.
const ANY_SCHEMA: &str = "A GraphQL Schema defines the capabilities of a GraphQL server. It exposes all available types and directives on the \
                          server, as well as the entry points for query, mutation, and subscription operations.";

/// What we tell instead. The SDL does not say it: the parsers of Rust clients refuse a description in front of `schema`.
const DESCRIPTION: &str = "Podium, the Olympic results graph: every medal since 1896, and results, records and schedules as far as they are \
                           loaded. Begin with `Query`.";

/// Describes the schema in an answer to introspection.
pub(super) fn describe(answer: &mut Value) {
    let Value::Object(roots) = answer else { return };
    for schema in roots.values_mut() {
        let Value::Object(fields) = schema else { continue };
        fields
            .values_mut()
            .filter(|text| matches!(text, Value::String(text) if text == ANY_SCHEMA))
            .for_each(|text| *text = DESCRIPTION.into());
    }
}

/// The subgraph SDL for a gateway, with the keys of the entities; the same as `_service { sdl }`. Needs no store.
#[must_use]
pub fn federation_sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(|| {
        let options = SDLExportOptions::new().federation().compose_directive();
        with_federated_costs(&build(Subgraph).enable_subscription_in_federation().finish().sdl_with_options(options))
    });
    &SDL
}

/// Takes `@cost` and `@listSize` from version 2.9 of the federation specification, which defines them. async-graphql links version 2.5, so
/// a gateway would drop them.
fn with_federated_costs(sdl: &str) -> String {
    let linked =
        sdl.replace("federation/v2.5", "federation/v2.9").replace("\"@requiresScopes\"]", "\"@requiresScopes\", \"@cost\", \"@listSize\"]");
    ["@cost", "@listSize"].iter().fold(linked, |sdl, directive| without_definition(&sdl, directive))
}

/// Removes the definition of a directive, with its description.
fn without_definition(sdl: &str, directive: &str) -> String {
    const QUOTES: &str = "\"\"\"\n";
    let Some(start) = sdl.find(&format!("\ndirective {directive}(")).map(|start| start + 1) else { return sdl.to_owned() };
    let end = sdl[start..].find('\n').map_or(sdl.len(), |length| start + length + 1);
    let described = sdl[..start].strip_suffix(QUOTES).and_then(|before| before.rfind(QUOTES));
    format!("{}{}", &sdl[..described.unwrap_or(start)], &sdl[end..])
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
