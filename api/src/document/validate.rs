//! Validates a measured document, by async-graphql and by our own checks for what it misses. Then merges its selections.

use async_graphql::parser::types::{OperationDefinition, OperationType, Selection, SelectionSet};
use async_graphql::{Executor, Request, ServerError, Variables};

use super::arguments;
use super::measure::Measured;
use super::merge;
use super::schema_index::SchemaIndex;
use super::weight::Weights;
use crate::error::{BAD_USER_INPUT, refusal};

/// A valid operation with one field for each response key.
pub(crate) struct Valid {
    pub(super) name: Option<String>,
    pub(super) operation: OperationDefinition,
    pub(super) variables: Variables,
    pub(super) weights: Weights,
}

impl Measured {
    /// Validates the document and merges the selections of its operation. `validator` validates requests and executes nothing.
    ///
    /// # Errors
    /// Everything that is wrong with the document or its variables.
    pub(crate) async fn validate(&self, validator: &impl Executor, schema: &SchemaIndex) -> Result<Valid, Vec<ServerError>> {
        if let Some((_, sent)) = self.sent() {
            sent.check(schema).map_err(|error| vec![error])?;
        }
        let validated = validator.execute(self.to_request(schema)).await;
        if validated.is_err() {
            return Err(validated.errors);
        }
        self.to_valid(schema).map_err(|error| vec![error])
    }

    /// The request for async-graphql to validate. Each variable without a value gets some value of its type. async-graphql reads an omitted one
    /// as null, even where the argument has a default. For a null, it refuses the request, although only one field fails.
    fn to_request(&self, schema: &SchemaIndex) -> Request {
        let mut variables = self.variables.clone();
        for (name, declared) in self.sent().map(|(_, sent)| sent.without_value()).unwrap_or_default() {
            variables.insert(name.clone(), schema.placeholder(declared));
        }
        let mut request = Request::new("").variables(variables);
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.document().clone());
        request
    }

    fn to_valid(&self, schema: &SchemaIndex) -> Result<Valid, ServerError> {
        let (name, sent) = self.sent().ok_or_else(|| refusal(BAD_USER_INPUT, "`operationName` must name one of the operations."))?;
        arguments::check(self.document(), sent, schema)?;
        let mut operation = merge::merge(self.document(), sent, schema)?;
        if operation.ty == OperationType::Subscription && !is_one_event(&operation.selection_set.node) {
            return Err(refusal(BAD_USER_INPUT, "A subscription selects one field, and none of the schema."));
        }
        sent.remove_omitted(&mut operation.selection_set.node);
        let name = name.map(ToString::to_string);
        Ok(Valid { name, operation, variables: self.variables.clone(), weights: self.weights.clone() })
    }
}

/// Whether a root selects one field, which is not of introspection.
fn is_one_event(root: &SelectionSet) -> bool {
    matches!(root.items.as_slice(), [only] if matches!(&only.node, Selection::Field(field) if !field.node.name.node.starts_with("__")))
}
