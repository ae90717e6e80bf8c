//! Content negotiation between the two media types of a response.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use mediatype::{MediaType, MediaTypeList, Name, ReadParams, names};

/// The media type of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`: a rejected document has the status 200.
    Json,
    /// `application/graphql-response+json`, where the status tells whether a document was refused.
    GraphqlResponse,
}

/// The preference of a client for a media type: its `q` value in thousandths, then the specificity of the range.
type Quality = (u16, u8);

impl Media {
    /// The media type that the client prefers; `None` if it accepts neither.
    pub(crate) fn accepted(headers: &HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(header::ACCEPT).iter().peekable();
        lines.peek().copied().map_or(Some(Self::Json), |_| {
            let accept = lines.filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join(",");
            let quality = |media: Self| media.quality(&accept);
            match (quality(Self::GraphqlResponse), quality(Self::Json)) {
                (None, None) => None,
                // A range like `*/*` accepts both equally. Then the older media type is used.
                (Some(new), old) if old.is_none_or(|old| new > old || (new == old && new.1 == EXACT)) => Some(Self::GraphqlResponse),
                _ => Some(Self::Json),
            }
        })
    }

    /// The quality by the most specific range that matches; `None` if no range matches, or its `q` is 0.
    fn quality(self, accept: &str) -> Option<Quality> {
        let ranges = MediaTypeList::new(accept).filter_map(Result::ok);
        let fits = ranges.filter_map(|range| Some((self.specificity(&range)?, q(&range)?)));
        let (specificity, q) = fits.max_by_key(|(specificity, _)| *specificity)?;
        (q > 0).then_some((q, specificity))
    }

    fn specificity(self, range: &MediaType) -> Option<u8> {
        let any = |name: Name| name == "*";
        let is_json = range.suffix.is_none() && range.subty == names::JSON;
        let is_graphql = range.suffix == Some(names::JSON) && range.subty == "graphql-response";
        match (range.ty == names::APPLICATION, self) {
            (true, Self::Json) if is_json => Some(EXACT),
            (true, Self::GraphqlResponse) if is_graphql => Some(EXACT),
            (true, _) if any(range.subty) => Some(1),
            _ if any(range.ty) && any(range.subty) => Some(0),
            _ => None,
        }
    }

    /// The headers of a response in this media type.
    pub(crate) fn headers(self) -> [(HeaderName, &'static str); 3] {
        let content_type = match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        };
        [(header::CONTENT_TYPE, content_type), (header::VARY, "accept"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")]
    }
}

/// The specificity of a range that names the media type exactly.
const EXACT: u8 = 2;

/// The `q` value of a range in thousandths; `None` if it is invalid.
fn q(range: &MediaType) -> Option<u16> {
    let Some(weight) = range.get_param(names::Q) else { return Some(1000) };
    let weight: f32 = weight.as_str().parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    Some((weight * 1000.0).round() as u16)
}

/// Whether the client is a browser that opens a page.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| MediaTypeList::new(line).filter_map(Result::ok))
        .any(|media| media.ty == names::TEXT && media.subty == names::HTML)
}

/// Whether the client takes server-sent events, and would not rather have an answer.
pub(crate) fn wants_events(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let mut ranges = lines.flat_map(|line| MediaTypeList::new(line).filter_map(Result::ok));
    // Clients that take both name what they like best first.
    ranges.next().is_some_and(|media| media.ty == names::TEXT && media.subty == "event-stream")
}

/// `utf8` is no name of the registry, but clients send it.
fn is_utf_8(charset: &str) -> bool {
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// Whether a content type is JSON in UTF-8, the only encoding that is accepted.
pub(crate) fn is_json(content_type: &HeaderValue) -> bool {
    let Some(media) = content_type.to_str().ok().and_then(|text| MediaType::parse(text).ok()) else { return false };
    let is_utf_8 = media.get_param(names::CHARSET).is_none_or(|charset| is_utf_8(&charset.unquoted_str()));
    media.ty == names::APPLICATION && media.subty == names::JSON && media.suffix.is_none() && is_utf_8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &'static str) -> Option<Media> {
        Media::accepted(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn a_client_that_says_nothing_takes_json() {
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::Json));
        for accept in ["*/*", "application/*", "text/html, */*;q=0.1"] {
            assert_eq!(accepted(accept), Some(Media::Json), "{accept}");
        }
    }

    #[test]
    fn the_liked_one_is_taken() {
        for (accept, media) in [
            ("application/json", Media::Json),
            ("Application/JSON; charset=utf-8", Media::Json),
            ("application/graphql-response+json", Media::GraphqlResponse),
            ("application/json, application/graphql-response+json", Media::GraphqlResponse),
            ("application/graphql-response+json, application/json;q=0.9", Media::GraphqlResponse),
            ("application/graphql-response+json;q=0.5, application/json;q=0.9", Media::Json),
            ("application/graphql-response+json, */*", Media::GraphqlResponse),
            ("application/json, */*", Media::Json),
            ("application/json;q=0, */*", Media::GraphqlResponse),
        ] {
            assert_eq!(accepted(accept), Some(media), "{accept}");
        }
    }

    #[test]
    fn what_is_not_written_is_not_acceptable() {
        for accept in ["text/html", "application/xml", "application/json;q=0", "application/json;q=2", "image/*"] {
            assert_eq!(accepted(accept), None, "{accept}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        for (content_type, read) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("application/json; charset=\"UTF-8\"", true),
            ("application/json; charset=iso-8859-1", false),
            ("text/plain", false),
            ("application/graphql", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("json", false),
        ] {
            assert_eq!(is_json(&HeaderValue::from_static(content_type)), read, "{content_type}");
        }
    }
}
