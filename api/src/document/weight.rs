//! The weight of argument values: the number of list items and object fields, plus the length of strings. Values are copied wherever they
//! are used, so large ones are expensive.

use std::collections::HashMap;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Name, Positioned, Value, Variables};
use async_graphql_value::Value as Written;

/// This many bytes of text weigh as much as one item.
const LETTERS: usize = 64;

/// The weights of the variables, each looked at once.
#[derive(Clone)]
pub(super) struct Weights(HashMap<Name, u64>);

impl Weights {
    /// Computes the weight of each variable: of the value sent, or of its default if that is heavier.
    pub(super) fn of(document: &ExecutableDocument, variables: &Variables) -> Self {
        let mut weights: HashMap<Name, u64> = variables.iter().map(|(name, value)| (name.clone(), of_value(value))).collect();
        for definition in document.operations.iter().flat_map(|(_, operation)| &operation.node.variable_definitions) {
            let default = definition.node.default_value().map_or(0, of_value);
            let weight = weights.entry(definition.node.name.node.clone()).or_default();
            *weight = default.max(*weight);
        }
        Self(weights)
    }

    /// The weight of the arguments of a field or a directive.
    pub(super) fn of_arguments(&self, arguments: &[(Positioned<Name>, Positioned<Written>)]) -> u64 {
        arguments.iter().fold(0, |sum, (_, value)| sum.saturating_add(self.of_written(&value.node)))
    }

    fn of_written(&self, value: &Written) -> u64 {
        match value {
            Written::Variable(name) => self.0.get(name).copied().unwrap_or_default(),
            Written::List(items) => items.iter().fold(0, |sum, item| sum.saturating_add(1).saturating_add(self.of_written(item))),
            Written::Object(fields) => {
                fields.iter().fold(0, |sum, (name, value)| sum.saturating_add(1 + of_text(name)).saturating_add(self.of_written(value)))
            }
            Written::String(text) => of_text(text),
            _ => 0,
        }
    }
}

fn of_value(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.iter().fold(0, |sum, item| sum.saturating_add(1).saturating_add(of_value(item))),
        Value::Object(fields) => {
            fields.iter().fold(0, |sum, (name, value)| sum.saturating_add(1 + of_text(name)).saturating_add(of_value(value)))
        }
        Value::String(text) => of_text(text),
        _ => 0,
    }
}

/// What the variables of a request weigh together, before any other work is done with them.
pub(crate) fn of_variables(variables: &serde_json::Map<String, serde_json::Value>) -> u64 {
    variables.values().map(of_json).sum()
}

fn of_json(value: &serde_json::Value) -> u64 {
    match value {
        serde_json::Value::Array(items) => items.iter().map(|item| 1 + of_json(item)).sum(),
        serde_json::Value::Object(fields) => fields.iter().map(|(name, value)| 1 + of_text(name) + of_json(value)).sum(),
        serde_json::Value::String(text) => of_text(text),
        _ => 0,
    }
}

fn of_text(text: &str) -> u64 {
    (text.len() / LETTERS) as u64
}
