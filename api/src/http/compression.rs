//! Compression with gzip of what never changes: the schema and the files of the explorer. Each is compressed once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A text below this many bytes is not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// Whether the client takes gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        is_gzip && !parts.any(|parameter| parameter.to_ascii_lowercase().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)))
    })
}

/// The response with a text that never changes, compressed for clients that take it.
pub(super) fn unchanging(name: &str, text: Cow<'static, [u8]>, asked: &HeaderMap) -> Response {
    static COMPRESSED: LazyLock<Mutex<HashMap<String, Option<Bytes>>>> = LazyLock::new(Mutex::default);
    let gzip = || {
        let mut compressed = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
        compressed.entry(name.to_owned()).or_insert_with(|| gzip(&text)).clone()
    };
    let gzip = if text.len() >= WORTH_COMPRESSING && takes_gzip(asked) { gzip() } else { None };
    let is_compressed = gzip.is_some();
    let plain = |text| match text {
        Cow::Borrowed(text) => Bytes::from_static(text),
        Cow::Owned(text) => Bytes::from(text),
    };
    let mut response = gzip.unwrap_or_else(|| plain(text)).into_response();
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_compressed {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn gzip(text: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::default());
    encoder.write_all(text).and_then(|()| encoder.finish()).ok().map(Bytes::from)
}
