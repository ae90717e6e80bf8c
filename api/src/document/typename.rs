//! Checks `__typename`. async-graphql validates neither its arguments, its selection set, nor its directives.

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, InlineFragment, Selection, SelectionSet};
use async_graphql::{Positioned, ServerError, ServerResult};

use crate::error::{BAD_USER_INPUT, refusal};

/// Moves the directives of each `__typename` to an inline fragment around it. They mean the same there, and async-graphql validates them.
pub(super) fn check(document: &mut ExecutableDocument) -> ServerResult<()> {
    match &mut document.operations {
        DocumentOperations::Single(operation) => check_set(&mut operation.node.selection_set.node)?,
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().try_for_each(|operation| check_set(&mut operation.node.selection_set.node))?;
        }
    }
    document.fragments.values_mut().try_for_each(|fragment| check_set(&mut fragment.node.selection_set.node))
}

fn check_set(set: &mut SelectionSet) -> ServerResult<()> {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {
                if !field.node.arguments.is_empty() || !field.node.selection_set.node.items.is_empty() {
                    let refusal = refusal(BAD_USER_INPUT, "`__typename` has neither arguments nor fields.");
                    return Err(ServerError { locations: vec![field.pos], ..refusal });
                }
                let directives = std::mem::take(&mut field.node.directives);
                if !directives.is_empty() {
                    let set = SelectionSet { items: vec![item.clone()] };
                    let around = InlineFragment { type_condition: None, directives, selection_set: Positioned::new(set, item.pos) };
                    item.node = Selection::InlineFragment(Positioned::new(around, item.pos));
                }
            }
            Selection::Field(field) => check_set(&mut field.node.selection_set.node)?,
            Selection::InlineFragment(fragment) => check_set(&mut fragment.node.selection_set.node)?,
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}
