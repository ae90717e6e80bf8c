//! The id of a request, which ties an error to its line in the log.

use async_graphql::ErrorExtensionValues;
use axum::http::{HeaderMap, HeaderName};
use uuid::Uuid;

use crate::answer::GraphqlResponse;

/// The header with the id of a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A new id.
pub(crate) fn new_request_id() -> String {
    Uuid::now_v7().to_string()
}

/// The id from the gateway if it is valid, or a new one.
pub(crate) fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let is_id = |id: &&str| (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    given.filter(is_id).map_or_else(new_request_id, str::to_owned)
}

/// The same errors with the id of a request.
pub(crate) fn with_request_id(answer: &GraphqlResponse, request_id: &str) -> GraphqlResponse {
    let mut answer = answer.clone();
    for error in &mut answer.errors {
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("requestId", request_id);
    }
    answer
}
