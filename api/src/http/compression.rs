//! Compression of static content: the schema and the files of the pages. Each is compressed once per coding.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::answer::Coding;

/// The coding with the highest `q`; of equals the first in `ALL`. None when the client takes no coding.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Coding> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let ranges: Vec<(&str, u16)> = lines.flat_map(|line| line.split(',')).filter_map(range).collect();
    let quality = |coding: Coding| {
        let of = |name: &str| ranges.iter().find(|(range, _)| range.eq_ignore_ascii_case(name)).map(|(_, q)| *q);
        of(coding.name()).or_else(|| of("*")).unwrap_or(0)
    };
    let taken = Coding::ALL.into_iter().filter(|coding| quality(*coding) > 0);
    // Among equals, `min_by_key` keeps the first.
    taken.min_by_key(|coding| Reverse(quality(*coding)))
}

/// A coding with its `q` in thousandths.
fn range(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let q = parts.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
    let q: f32 = q.map_or(Some(1.0), |q| q.parse().ok()).filter(|q| (0.0..=1.0).contains(q))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    Some((name, (q * 1000.0).round() as u16))
}

/// Texts by name, in each requested coding.
type Compressed = HashMap<(String, Coding), Option<Bytes>>;

/// The response with a text that never changes, compressed for clients that take it.
pub(super) fn unchanging(name: &str, text: Cow<'static, [u8]>, asked: &HeaderMap) -> Response {
    static COMPRESSED: LazyLock<Mutex<Compressed>> = LazyLock::new(Mutex::default);
    let compressed = accepted(asked).and_then(|coding| {
        let mut compressed = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = compressed.entry((name.to_owned(), coding)).or_insert_with(|| coding.compress(&text)).clone()?;
        Some((bytes, coding))
    });
    let plain = |text| match text {
        Cow::Borrowed(text) => Bytes::from_static(text),
        Cow::Owned(text) => Bytes::from(text),
    };
    let (bytes, coding) = compressed.map_or_else(|| (plain(text), None), |(bytes, coding)| (bytes, Some(coding)));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_says_what_it_takes() {
        for (accept, coding) in [
            ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
            ("gzip, zstd", Some(Coding::Zstd)),
            ("GZIP", Some(Coding::Gzip)),
            ("br;q=0.5, gzip;q=0.9", Some(Coding::Gzip)),
            ("br; q=0, *", Some(Coding::Zstd)),
            ("*;q=0", None),
            ("gzip;q=0", None),
            ("identity, deflate", None),
            ("gzip;q=much", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accept))]);
            assert_eq!(accepted(&headers), coding, "{accept}");
        }
        assert_eq!(accepted(&HeaderMap::new()), None);
    }
}
