//! `@cost`: what a field costs beyond the objects that it answers with.

use async_graphql::TypeDirective;

/// How many fields this one counts as in `maxComplexity`; one without `@cost`.
#[TypeDirective(location = "FieldDefinition")]
pub(crate) fn cost(#[graphql(desc = "The number of fields.")] weight: String) {}

/// What counts through all medals of its scope, however few rows are asked for.
pub(crate) const COUNTING: &str = "20";
