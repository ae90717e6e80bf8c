//! The response to HEAD where a GET would execute something.

use std::io;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, IntoResponseParts, Response};
use futures_util::stream;

/// The headers of a GET. Nothing is executed, so none depends on the body, not even its length.
pub(super) fn only_headers(headers: impl IntoResponseParts) -> Response {
    (headers, Body::from_stream(stream::empty::<io::Result<Bytes>>())).into_response()
}
