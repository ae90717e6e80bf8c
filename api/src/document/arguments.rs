//! Validates argument values against the schema, including selections that `@skip` removes.

use std::collections::HashSet;

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned, ServerResult};

use super::schema_index::SchemaIndex;
use super::variables::Sent;

/// Validates the arguments of the operation to execute, and of each fragment that it spreads.
///
/// # Errors
/// When a value or the type of a variable does not match the schema, or the `if` of a directive is not a `Boolean!`.
pub(super) fn check(document: &ExecutableDocument, sent: Sent<'_>, schema: &SchemaIndex) -> ServerResult<()> {
    let mut arguments = Arguments { document, sent, schema, spread: HashSet::new() };
    arguments.set(&sent.operation.selection_set.node, Some(schema.root(sent.operation.ty)))
}

struct Arguments<'a> {
    document: &'a ExecutableDocument,
    sent: Sent<'a>,
    schema: &'a SchemaIndex,
    /// The fragments visited so far; each is checked once.
    spread: HashSet<&'a Name>,
}

impl<'a> Arguments<'a> {
    /// Checks a selection set on a type. Below `__schema` the type is unknown.
    fn set(&mut self, set: &'a SelectionSet, on: Option<&str>) -> ServerResult<()> {
        for selection in &set.items {
            self.directives(selection.node.directives())?;
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, on)?,
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    self.set(&fragment.node.selection_set.node, condition.or(on))?;
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get_key_value(&spread.node.fragment_name.node);
                    if let Some((_, fragment)) = fragment.filter(|(name, _)| self.spread.insert(name)) {
                        self.set(&fragment.node.selection_set.node, Some(&fragment.node.type_condition.node.on.node))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &'a Field, on: Option<&str>) -> ServerResult<()> {
        let known = on.and_then(|on| self.schema.get(on)).and_then(|on| on.field(&field.name.node));
        for (name, value) in &field.arguments {
            if let Some(expected) = known.and_then(|known| known.arguments.get(name.node.as_str())) {
                self.sent.check_argument(name, &value.node, expected, self.schema)?;
            }
        }
        self.set(&field.selection_set.node, known.map(|known| known.type_name.as_str()))
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> ServerResult<()> {
        let mut conditions = directives.iter().filter_map(|directive| directive.node.get_argument("if"));
        conditions.try_for_each(|condition| self.sent.condition(condition).map(drop))
    }
}
