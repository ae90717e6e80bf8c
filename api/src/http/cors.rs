//! Cross-origin requests from browsers, where the operator allows them.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::monitoring::request_id::REQUEST_ID;

/// How long a browser may cache what is allowed.
const MAX_AGE: Duration = Duration::from_hours(24);

/// The headers that clients of GraphQL send, beside those that are always allowed.
const SENT: [HeaderName; 6] = [
    header::CONTENT_TYPE,
    header::IF_NONE_MATCH,
    REQUEST_ID,
    HeaderName::from_static("apollo-require-preflight"),
    HeaderName::from_static("apollographql-client-name"),
    HeaderName::from_static("apollographql-client-version"),
];

/// Whether a page may open a WebSocket: one of this origin, or of an allowed one. CORS does not cover the handshake of WebSockets. A request
/// without `Origin` is not from a browser.
pub(super) fn allows(origins: &[HeaderValue], headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let host = |value: &HeaderValue| value.to_str().ok().map(str::to_ascii_lowercase);
    let own = headers.get(header::HOST).and_then(host);
    let is_own = host(origin).is_some_and(|origin| origin.split_once("://").is_some_and(|(_, host)| own.is_some_and(|own| own == host)));
    is_own || origins.iter().any(|allowed| allowed == "*" || allowed.as_bytes().eq_ignore_ascii_case(origin.as_bytes()))
}

/// Allows pages of these origins to send requests; `None` without origins. Credentials are not accepted.
pub(super) fn layer(origins: &[HeaderValue]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let allowed = match origins.iter().any(|origin| origin == "*") {
        true => AllowOrigin::any(),
        false => AllowOrigin::list(origins.iter().cloned()),
    };
    let layer = CorsLayer::new().allow_origin(allowed).allow_methods([Method::GET, Method::HEAD, Method::POST]).allow_headers(SENT);
    Some(layer.expose_headers([header::ETAG, header::RETRY_AFTER, REQUEST_ID]).max_age(MAX_AGE))
}
