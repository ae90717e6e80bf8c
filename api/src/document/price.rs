//! What a document may cost, told before it is answered: its depth, and how large its largest possible answer is.

use std::convert::Infallible;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};

use super::shape::{self, ListSize, Shape};

/// What an operation may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Price {
    /// Levels of fields within fields.
    pub(super) depth: u64,
    /// Fields of the largest possible answer.
    pub(super) complexity: u64,
    /// Objects of the largest possible answer.
    pub(super) nodes: u64,
    /// Fields of the largest possible answer about the schema itself.
    pub(super) introspection: u64,
    /// Entities that a gateway asks for at once.
    pub(super) representations: u64,
}

/// No page is longer, so that a `first` which will be refused has no astronomic price.
const LONGEST_PAGE: u64 = 500;

/// The price of an operation whose fragments do not spread themselves.
pub(super) fn price(document: &ExecutableDocument, operation: &OperationDefinition, variables: &Variables, shape: &Shape) -> Price {
    let mut bill = Bill { document, operation, variables, shape, price: Price::default() };
    bill.set(&operation.selection_set.node, Place { parent: shape.get("Query"), times: 1, sized: None, depth: 1 });
    bill.price
}

struct Bill<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    shape: &'a Shape,
    price: Price,
}

/// Where a selection stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    parent: Option<&'a shape::Type>,
    /// How many objects of the answer it is asked of.
    times: u64,
    /// The fields that hold the items of the list around it, and how many items there are.
    sized: Option<(&'a [String], u64)>,
    depth: u64,
}

impl<'a> Bill<'a> {
    fn set(&mut self, set: &'a SelectionSet, place: Place<'a>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, place),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    self.fragment(condition, &fragment.node.selection_set.node, place);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.node.fragment_name.node) {
                        self.fragment(Some(&fragment.node.type_condition.node.on.node), &fragment.node.selection_set.node, place);
                    }
                }
            }
        }
    }

    fn fragment(&mut self, condition: Option<&Name>, set: &'a SelectionSet, place: Place<'a>) {
        let parent = condition.map_or(place.parent, |condition| self.shape.get(condition));
        self.set(set, Place { parent, ..place });
    }

    fn field(&mut self, field: &'a Field, place: Place<'a>) {
        let name = field.name.node.as_str();
        let children = &field.selection_set.node;
        if matches!(name, "__schema" | "__type") {
            self.price.introspection = self.price.introspection.saturating_add(self.introspection(children, place.times));
            return;
        }
        let known = place.parent.and_then(|parent| parent.field(name));
        let size = known.and_then(|known| known.size.as_ref());
        let length = size.map(|size| self.length(field, size));
        let times = match (place.sized, size, length) {
            (Some((sized, length)), ..) if sized.iter().any(|sized| sized == name) => place.times.saturating_mul(length),
            (_, Some(size), Some(length)) if size.sized.is_empty() => place.times.saturating_mul(length),
            _ if name == "_entities" => {
                let representations = self.items(field, "representations");
                self.price.representations = self.price.representations.saturating_add(representations);
                place.times.saturating_mul(representations)
            }
            _ => place.times,
        };
        self.price.depth = self.price.depth.max(place.depth);
        self.price.complexity = self.price.complexity.saturating_add(place.times);
        if !children.items.is_empty() {
            self.price.nodes = self.price.nodes.saturating_add(times);
        }
        let sized = size.filter(|size| !size.sized.is_empty()).zip(length).map(|(size, length)| (size.sized.as_slice(), length));
        let parent = known.and_then(|known| self.shape.get(&known.leads_to));
        self.set(children, Place { parent, times, sized, depth: place.depth + 1 });
    }

    /// How many items a list may have: what the arguments say, or what the schema assumes.
    fn length(&self, field: &Field, size: &ListSize) -> u64 {
        let said = size.slicing.iter().filter_map(|argument| match self.argument(field, argument) {
            Some(Value::Number(count)) => Some(count.as_u64().unwrap_or(0).min(LONGEST_PAGE)),
            _ => None,
        });
        said.max().unwrap_or(size.assumed)
    }

    /// How many items an argument lists.
    fn items(&self, field: &Field, argument: &str) -> u64 {
        match self.argument(field, argument) {
            Some(Value::List(items)) => items.len() as u64,
            _ => 1,
        }
    }

    /// The value of an argument, with variables and their defaults put in, and null for those that are missing.
    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let written = field.get_argument(name)?.node.clone();
        let value = |variable: Name| Ok::<_, Infallible>(value(self.operation, self.variables, &variable).unwrap_or_default());
        written.into_const_with(value).ok()
    }

    /// The fields of an answer about the schema, whose lists are as long as they are on average.
    fn introspection(&self, set: &SelectionSet, times: u64) -> u64 {
        set.items.iter().fold(0, |sum: u64, selection| {
            sum.saturating_add(match &selection.node {
                Selection::Field(field) => {
                    let length = match field.node.name.node.as_str() {
                        "types" => 120,
                        "directives" | "fields" => 8,
                        "args" | "enumValues" | "inputFields" => 3,
                        "interfaces" | "possibleTypes" => 2,
                        _ => 1,
                    };
                    times.saturating_add(self.introspection(&field.node.selection_set.node, times.saturating_mul(length)))
                }
                Selection::InlineFragment(fragment) => self.introspection(&fragment.node.selection_set.node, times),
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    fragment.map_or(0, |fragment| self.introspection(&fragment.node.selection_set.node, times))
                }
            })
        })
    }
}

/// The value of a variable: what was sent, or its default.
pub(super) fn value(operation: &OperationDefinition, variables: &Variables, name: &Name) -> Option<Value> {
    let default = || {
        let definition = operation.variable_definitions.iter().find(|definition| definition.node.name.node == *name)?;
        definition.node.default_value().cloned()
    };
    variables.get(name).cloned().or_else(default)
}
