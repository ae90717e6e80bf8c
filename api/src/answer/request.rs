//! A GraphQL request: what a client sends.

use std::fmt::Write;
use std::sync::Arc;

use async_graphql::Variables;
use serde_json::{Map, Value};

/// A document with its operation name and variables.
#[derive(Clone, Debug, Default)]
pub(crate) struct GraphqlRequest {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Map<String, Value>,
}

impl GraphqlRequest {
    /// A text that is the same for equal requests: the variables are in canonical order.
    pub(crate) fn key(&self) -> Arc<str> {
        let mut key = String::with_capacity(self.query.len() + 64);
        // Of a query or mutation; the events of a subscription have keys of their own.
        key.push('q');
        // A request with the character that separates the parts is invalid, so its answer is never cached.
        key.push_str(&self.query);
        key.push('\0');
        key.push_str(self.operation_name.as_deref().unwrap_or_default());
        key.push(if self.operation_name.is_some() { '\0' } else { '\u{1}' });
        write_object(&mut key, &self.variables);
        key.into()
    }

    pub(crate) fn into_parts(self) -> (String, Option<String>, Variables) {
        (self.query, self.operation_name, Variables::from_json(Value::Object(self.variables)))
    }
}

/// Writes JSON with the keys of every object in order.
fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Object(fields) => write_object(text, fields),
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_value(text, item);
                text.push(',');
            }
            text.push(']');
        }
        scalar => drop(write!(text, "{scalar}")),
    }
}

fn write_object(text: &mut String, fields: &Map<String, Value>) {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_unstable_by_key(|(name, _)| *name);
    text.push('{');
    for (name, value) in fields {
        let _ = write!(text, "{name:?}:");
        write_value(text, value);
        text.push(',');
    }
    text.push('}');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(query: &str, operation_name: Option<&str>, variables: Value) -> Arc<str> {
        let Value::Object(variables) = variables else { panic!("an object") };
        GraphqlRequest { query: query.to_owned(), operation_name: operation_name.map(str::to_owned), variables }.key()
    }

    #[test]
    fn the_order_of_variables_does_not_matter() {
        assert_eq!(
            key("{ a }", None, json!({ "a": 1, "b": { "c": [1, 2], "d": 3 } })),
            key("{ a }", None, json!({ "b": { "d": 3, "c": [1, 2] }, "a": 1 }))
        );
    }

    #[test]
    fn other_requests_have_other_keys() {
        let requests = [
            key("{ a }", None, json!({})),
            key("{ b }", None, json!({})),
            key("{ a }", Some("A"), json!({})),
            key("{ a }", Some(""), json!({})),
            key("{ a }", None, json!({ "a": null })),
            key("{ a }", None, json!({ "a": "null" })),
            key("{ a }", None, json!({ "a": [[1], 2] })),
            key("{ a }", None, json!({ "a": [[1, 2]] })),
            key("{ a }", None, json!({ "a\":1,\"b": 2 })),
            key("{ a }", None, json!({ "a": 1, "b": 2 })),
        ];
        let distinct: std::collections::HashSet<_> = requests.iter().collect();
        assert_eq!(distinct.len(), requests.len());
    }
}
