//! Checks that responses have one shape: where several object types are possible, a response key has the same shape for each of them.
//! Clients generate types from this shape.

use std::collections::HashMap;

use async_graphql::parser::types::{BaseType, Field, Selection, SelectionSet, Type};
use async_graphql::{Name, Pos, ServerResult};

use super::schema_index::{self, SchemaIndex};
use crate::error::ambiguous;

/// Checks a merged selection set on a type.
///
/// # Errors
/// When one response key has different shapes.
pub(super) fn check(set: &SelectionSet, on: &str, schema: &SchemaIndex) -> ServerResult<()> {
    keys(vec![(set, on)], schema)
}

/// A field selected on one type.
#[derive(Clone, Copy)]
struct SelectedField<'a> {
    field: &'a Field,
    known: &'a schema_index::Field,
    place: Pos,
}

/// Groups the fields of selection sets on several types by response key, and compares the fields of each group.
fn keys(sets: Vec<(&SelectionSet, &str)>, schema: &SchemaIndex) -> ServerResult<()> {
    let mut groups: HashMap<&Name, Vec<SelectedField<'_>>> = HashMap::new();
    for (set, on) in sets {
        collect(set, on, schema, &mut groups);
    }
    for (key, group) in groups {
        if let Some(other) = group.iter().find(|other| !is_alike(&group[0], other)) {
            return Err(ambiguous(key, other.place));
        }
        keys(group.iter().map(|asked| (&asked.field.selection_set.node, asked.known.type_name.as_str())).collect(), schema)?;
    }
    Ok(())
}

fn collect<'a>(set: &'a SelectionSet, on: &str, schema: &'a SchemaIndex, groups: &mut HashMap<&'a Name, Vec<SelectedField<'a>>>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                if let Some(known) = schema.get(on).and_then(|on| on.field(&field.node.name.node)) {
                    groups.entry(&field.node.response_key().node).or_default().push(SelectedField {
                        field: &field.node,
                        known,
                        place: field.pos,
                    });
                }
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref().map_or(on, |condition| condition.node.on.node.as_str());
                collect(&fragment.node.selection_set.node, condition, schema, groups);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

/// Objects of different types may share a response key. A list and an object, or two kinds of leaf value, may not.
fn is_alike(one: &SelectedField<'_>, other: &SelectedField<'_>) -> bool {
    let is_leaf = |asked: &SelectedField<'_>| asked.field.selection_set.node.items.is_empty();
    is_leaf(one) == is_leaf(other) && is_alike_type(&one.known.declared, &other.known.declared, is_leaf(one))
}

fn is_alike_type(one: &Type, other: &Type, is_leaf: bool) -> bool {
    one.nullable == other.nullable
        && match (&one.base, &other.base) {
            (BaseType::Named(one), BaseType::Named(other)) => !is_leaf || one == other,
            (BaseType::List(one), BaseType::List(other)) => is_alike_type(one, other, is_leaf),
            _ => false,
        }
}
