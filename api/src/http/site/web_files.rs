//! The files of the site and the explorer. They are built from `web/` and embedded in the program; one that was built without Node has none.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

use crate::http::compression::unchanging;

#[derive(Embed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Built;

/// The content security policy of all pages: only their own files may load. The explorer's editor and the charts set styles on elements, and style
/// sheets embed fonts and icons.
pub(crate) const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
                                 img-src 'self' data:; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'self'; \
                                 form-action 'none'";

/// A file as it was built.
pub(crate) fn file(path: &str, asked: &HeaderMap) -> Option<Response> {
    let file = Built::get(path)?;
    // The name of an asset changes with its content, so it can be cached for ever.
    let cached = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, file.metadata.mimetype()),
        (header::CACHE_CONTROL, cached),
        (header::CONTENT_SECURITY_POLICY, STRICT),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Some((headers, unchanging(path, file.data, asked)).into_response())
}

/// The text of a file.
pub(crate) fn text(path: &str) -> Option<String> {
    Built::get(path).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}
