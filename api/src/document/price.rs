//! Estimates the cost of a document before execution: its depth, and the maximum size of its response.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Pos, Positioned, Request, ServerResult, Value, Variables};
use async_graphql_value::Value as Written;

use super::measure::check_limit;
use super::schema_index::{self, ListSize, SchemaIndex};
use super::validate::Valid;
use super::variables::Sent;
use super::weight::Weights;
use crate::limits::Limits;

/// A valid operation whose response is small enough to compute.
pub(crate) struct Priced {
    pub(crate) name: Option<String>,
    operation: OperationDefinition,
    variables: Variables,
    pub(crate) cost: Cost,
    /// The number of its selections, with those of the fragments it spreads.
    pub(super) selections: usize,
}

/// The most that an answer may cost, in the units of the limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) depth: u64,
    pub(crate) nodes: u64,
    pub(crate) complexity: u64,
}

impl Valid {
    /// Computes the maximum size of the response.
    ///
    /// # Errors
    /// When it exceeds the limits.
    pub(crate) fn price(self, limits: &Limits, schema: &SchemaIndex) -> ServerResult<Priced> {
        let price = price(Sent { operation: &self.operation, variables: &self.variables }, &self.weights, schema);
        check_limit("maxDepth", "levels of fields", price.depth, limits.max_depth)?;
        check_limit("maxRepresentations", "representations", price.representations, limits.max_representations)?;
        check_limit("maxNodes", "objects in the answer it asks for", price.nodes, limits.max_nodes)?;
        check_limit("maxComplexity", "fields in the answer it asks for", price.complexity, limits.max_complexity)?;
        let (lists, most) = (price.introspection_lists, limits.max_introspection_lists);
        check_limit("maxIntrospectionLists", "lists of the schema within one another", lists, most)?;
        check_limit("maxIntrospection", "fields of the schema in the answer it asks for", price.introspection, limits.max_introspection)?;
        let selections = selections(&self.operation.selection_set.node);
        let cost = Cost { depth: price.depth, nodes: price.nodes, complexity: price.complexity.max(price.introspection) };
        Ok(Priced { name: self.name, cost, selections, operation: self.operation, variables: self.variables })
    }
}

impl Priced {
    pub(crate) fn operation_type(&self) -> OperationType {
        self.operation.ty
    }

    /// The text given for an argument of the first field, as `since` of a subscription.
    pub(crate) fn text_argument(&self, name: &str) -> Option<&str> {
        let Selection::Field(field) = &self.operation.selection_set.node.items.first()?.node else { return None };
        match &field.node.get_argument(name)?.node {
            Written::String(text) => Some(text),
            Written::Variable(variable) => match (Sent { operation: &self.operation, variables: &self.variables }).value(variable)? {
                Value::String(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The request that executes the operation. A subscription is executed like a query, once for each event.
    pub(crate) fn to_request(&self) -> Request {
        let operation = OperationDefinition { ty: OperationType::Query, ..self.operation.clone() };
        let operations = DocumentOperations::Single(Positioned::new(operation, Pos::default()));
        let mut request = Request::new("").variables(self.variables.clone());
        request.set_parsed_query(ExecutableDocument { operations, fragments: [].into() });
        request
    }
}

fn selections(set: &SelectionSet) -> usize {
    let below = set.items.iter().map(|selection| match &selection.node {
        Selection::Field(field) => selections(&field.node.selection_set.node),
        Selection::InlineFragment(fragment) => selections(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => 0,
    });
    set.items.len() + below.sum::<usize>()
}

/// The estimated cost of an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Price {
    /// The depth of nested fields.
    depth: u64,
    /// The fields of the response by their cost, plus the weight of arguments.
    complexity: u64,
    /// Objects of the answer.
    nodes: u64,
    /// Fields of an answer about the schema itself.
    introspection: u64,
    /// The depth of nested lists in an introspection response.
    introspection_lists: u64,
    /// The entities that a gateway requests.
    representations: u64,
}

/// The longest page of any list. A larger `first` is priced as this many, because its field will reject it.
const LONGEST_PAGE: u64 = 500;

/// The price of the SDL for a gateway, which requests it once.
const SCHEMA_TEXT: u64 = 10_000;

impl Price {
    fn and(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.saturating_add(other.complexity),
            nodes: self.nodes.saturating_add(other.nodes),
            introspection: self.introspection.saturating_add(other.introspection),
            introspection_lists: self.introspection_lists.max(other.introspection_lists),
            representations: self.representations.saturating_add(other.representations),
        }
    }

    /// The maximum of two prices, for alternatives of which only one applies.
    fn or(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            complexity: self.complexity.max(other.complexity),
            nodes: self.nodes.max(other.nodes),
            introspection: self.introspection.max(other.introspection),
            introspection_lists: self.introspection_lists.max(other.introspection_lists),
            representations: self.representations.max(other.representations),
        }
    }
}

/// The price of an operation that has been merged.
fn price(sent: Sent<'_>, weights: &Weights, schema: &SchemaIndex) -> Price {
    let context = SelectionContext { parent: schema.get(schema.root(sent.operation.ty)), times: 1, sized: None, depth: 1 };
    Estimator { sent, weights, schema }.set(&sent.operation.selection_set.node, context)
}

struct Estimator<'a> {
    sent: Sent<'a>,
    weights: &'a Weights,
    schema: &'a SchemaIndex,
}

/// The context of a selection set.
#[derive(Clone, Copy)]
struct SelectionContext<'a> {
    parent: Option<&'a schema_index::Type>,
    /// How many objects of the response have this selection set.
    times: u64,
    /// The fields that hold the items of the list around it, and how many items there are.
    sized: Option<(&'a [String], u64)>,
    depth: u64,
}

impl<'a> Estimator<'a> {
    fn set(&self, set: &SelectionSet, context: SelectionContext<'a>) -> Price {
        let (mut all, mut one) = (Price::default(), Price::default());
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => all = all.and(self.field(&field.node, context)),
                // A merged selection set has fragments only for possible types. An object has one of them, so only the most expensive one
                // counts.
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    let parent = condition.and_then(|condition| self.schema.get(condition));
                    one = one.or(self.set(&fragment.node.selection_set.node, SelectionContext { parent, ..context }));
                }
                Selection::FragmentSpread(_) => {}
            }
        }
        all.and(one)
    }

    fn field(&self, field: &Field, context: SelectionContext<'a>) -> Price {
        let (name, children) = (field.name.node.as_str(), &field.selection_set.node);
        if matches!(name, "__schema" | "__type") {
            return about_schema(children, context.times);
        }
        let known = context.parent.and_then(|parent| parent.field(name));
        let size = known.and_then(|known| known.size.as_ref());
        let length = self.listed(field).or_else(|| size.map(|size| self.length(field, size)));
        let own_length = match context.sized {
            Some((sized, length)) if sized.iter().any(|sized| sized == name) => length,
            _ if size.is_some_and(|size| !size.sized.is_empty()) => 1,
            _ => length.unwrap_or(1),
        };
        let times = context.times.saturating_mul(own_length);
        let cost = if name == "sdl" { SCHEMA_TEXT } else { known.map_or(1, |known| known.cost) };
        let cost = cost.saturating_add(self.weights.of_arguments(&field.arguments));
        let own = Price {
            depth: context.depth,
            complexity: context.times.saturating_mul(cost),
            nodes: if children.items.is_empty() { 0 } else { times },
            representations: if name == "_entities" { times } else { 0 },
            ..Price::default()
        };
        let sized = size.filter(|size| !size.sized.is_empty()).zip(length).map(|(size, length)| (size.sized.as_slice(), length));
        let parent = known.and_then(|known| self.schema.get(&known.type_name));
        own.and(self.set(children, SelectionContext { parent, times, sized, depth: context.depth + 1 }))
    }

    /// The length of a list that returns one item for each key in an argument.
    fn listed(&self, field: &Field) -> Option<u64> {
        let keys = field.get_argument("representations").or_else(|| field.get_argument("ids"))?;
        Some(match &keys.node {
            Written::List(items) => items.len() as u64,
            Written::Variable(name) => match self.sent.value(name) {
                Some(Value::List(items)) => items.len() as u64,
                _ => 1,
            },
            _ => 1,
        })
    }

    /// The maximum length of a list: from its slicing arguments, or else the size that the schema assumes.
    fn length(&self, field: &Field, size: &ListSize) -> u64 {
        let said = size.slicing.iter().filter_map(|argument| match &field.get_argument(argument)?.node {
            Written::Number(count) => Some(count.as_u64()),
            Written::Variable(name) => match self.sent.value(name)? {
                Value::Number(count) => Some(count.as_u64()),
                _ => None,
            },
            _ => None,
        });
        // A negative number counts as 0: the field will reject it.
        said.max().map_or(size.assumed, |count| count.unwrap_or(0).min(LONGEST_PAGE))
    }
}

/// The price of introspection. Each list is assumed to have its average length.
fn about_schema(set: &SelectionSet, times: u64) -> Price {
    set.items.iter().fold(Price::default(), |sum, selection| {
        let Selection::Field(field) = &selection.node else { return sum };
        let length = match field.node.name.node.as_str() {
            "types" => Some(120),
            "directives" | "fields" => Some(8),
            "args" | "enumValues" | "inputFields" => Some(3),
            "interfaces" | "possibleTypes" => Some(2),
            _ => None,
        };
        let below = about_schema(&field.node.selection_set.node, times.saturating_mul(length.unwrap_or(1)));
        let introspection_lists = below.introspection_lists + u64::from(length.is_some());
        sum.and(Price { introspection: below.introspection.saturating_add(times), introspection_lists, ..Price::default() })
    })
}
