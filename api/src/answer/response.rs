//! The GraphQL response: data, and errors with our own messages.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use serde::Serialize;

use crate::answer::schema;
use crate::error::{BAD_USER_INPUT, UNAVAILABLE, code, in_words};

/// The maximum number of errors in a response, so that its size does not grow with the number of mistakes in the document.
const MAX_ERRORS: usize = 20;

/// A GraphQL response.
#[derive(Clone, Debug, Serialize)]
pub struct GraphqlResponse {
    /// The errors. They are serialized first, so that they are not overlooked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ServerError>,
    /// The data; none when execution did not begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// How many SQL statements it took, in all attempts.
    #[serde(skip)]
    pub statements: usize,
}

impl GraphqlResponse {
    /// The response to a request that was rejected before execution.
    pub(crate) fn refused(mut errors: Vec<ServerError>) -> Self {
        errors.truncate(MAX_ERRORS);
        errors.iter_mut().for_each(explain);
        // async-graphql reports some errors twice.
        errors.dedup_by(|later, earlier| later.message == earlier.message && later.locations == earlier.locations);
        Self { data: None, errors, statements: 0 }
    }

    /// The answer when execution failed as a whole.
    pub(super) fn failed(error: ServerError) -> Self {
        Self { data: Some(Value::Null), errors: vec![error], statements: 0 }
    }

    /// The response that execution produced.
    pub(super) fn executed(response: Response) -> Self {
        let Response { mut data, mut errors, .. } = response;
        schema::describe(&mut data);
        errors.iter_mut().for_each(explain);
        // In the order of the document, whatever was loaded first.
        errors.sort_by_cached_key(|error| (error.locations.first().map(|at| (at.line, at.column)), format!("{:?}", error.path)));
        if let Some(place) = errors.iter().position(|error| has_code(error, UNAVAILABLE)) {
            // The store failed during execution. The client did not ask for partial data, so it is dropped.
            data = Value::Null;
            errors = vec![errors.swap_remove(place)];
        }
        Self { data: Some(data), errors, statements: 0 }
    }

    /// Whether there is an error with this code.
    pub(crate) fn has_error(&self, code: &str) -> bool {
        self.errors.iter().any(|error| has_code(error, code))
    }
}

/// Rewords the message and ensures a code. Our own errors have one; an error without a code comes from async-graphql and is the client's
/// fault.
fn explain(error: &mut ServerError) {
    let place = error.locations.first().map(|at| (at.line, at.column));
    error.message = in_words(&error.message, place);
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", BAD_USER_INPUT);
    }
}

fn has_code(error: &ServerError, wanted: &str) -> bool {
    code(error) == Some(wanted)
}
