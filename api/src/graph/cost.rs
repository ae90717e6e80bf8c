//! `@cost`: the cost of a field beyond the objects that it returns.

use async_graphql::TypeDirective;

/// The number of fields that this field counts as in `maxComplexity`. A field without `@cost` counts as one.
#[TypeDirective(location = "FieldDefinition")]
pub(crate) fn cost(#[graphql(desc = "The number of fields to count.")] weight: i32) {}

/// The cost of a field that counts all medals in its scope, even when few rows are requested.
pub(crate) const COUNTING: i32 = 20;

/// The cost of a field that counts the medals of every athlete: about 100 ms of processor time and 15 MiB.
pub(crate) const COUNTING_ALL: i32 = 20_000;

/// The cost of a field that looks for the first medals among all of them.
pub(crate) const COUNTING_FIRSTS: i32 = 5_000;

/// The cost of a field that counts those who took part in a Games, when a filter chooses among them.
pub(crate) const COUNTING_PARTICIPANTS: i32 = 4_000;
