//! The head of a page: what search engines, previews of links and readers without JavaScript see.

use serde_json::Value;

/// The head of a page.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: String,
    /// The subject as JSON-LD.
    pub(super) data: Option<Value>,
    /// The one address that search engines keep, of all that lead to the page.
    pub(super) path: Option<String>,
}

impl Head {
    pub(super) fn titled(title: &str) -> Self {
        let description = "Every medal of the Olympic Games since 1896: Games, events, athletes, nations and records.";
        Self { title: title.to_owned(), description: description.to_owned(), data: None, path: None }
    }
}

/// Writes a head into the page as it was built. `address` is the whole address of `head.path`.
pub(super) fn with_head(page: &str, path: &str, address: Option<&str>, head: &Head) -> String {
    let (title, description) = (escaped(&head.title), escaped(&head.description));
    // All addresses are relative to the root, so that the site also works below a prefix.
    let up = "../".repeat(path.matches('/').count().saturating_sub(1));
    let base = if up.is_empty() { "./".to_owned() } else { up };
    // `<` would end the element.
    let data = head.data.as_ref().map(|data| data.to_string().replace('<', "\\u003c"));
    let data = data.map(|data| format!("<script type=\"application/ld+json\">{data}</script>")).unwrap_or_default();
    let address = address.map(escaped);
    let address = address.map(|url| format!("<link rel=\"canonical\" href=\"{url}\"><meta property=\"og:url\" content=\"{url}\">"));
    let preview = format!("<meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{description}\">");
    let page = page.replacen("<base href=\"./\">", &format!("<base href=\"{base}\">"), 1);
    let page = between(&page, "<title>", "</title>", &format!("{title} – Podium"));
    let page = between(&page, "<meta name=\"description\" content=\"", "\"", &description);
    let page = page.replacen("</head>", &format!("{}{preview}{data}</head>", address.unwrap_or_default()), 1);
    page.replacen("<div id=\"site\">", &format!("<div id=\"site\"><h1>{title}</h1><p>{description}</p>"), 1)
}

/// The text with something else between two of its parts.
fn between(text: &str, from: &str, till: &str, other: &str) -> String {
    let replaced = text.split_once(from).and_then(|(before, rest)| Some((before, rest.split_once(till)?.1)));
    replaced.map_or_else(|| text.to_owned(), |(before, after)| format!("{before}{from}{other}{till}{after}"))
}

/// A text within HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PAGE: &str = "<head><base href=\"./\"><title>x</title><meta name=\"description\" content=\"y\"></head><div id=\"site\"></div>";

    #[test]
    fn a_head_is_written_as_text() {
        let data = Some(json!({ "name": "</script>" }));
        let head = Head { title: "A & <b>".to_owned(), description: "\"quoted\"".to_owned(), data, path: None };
        let page = with_head(PAGE, "/events/athletics/100m/men", Some("https://example.org/x?a&b"), &head);
        assert!(page.contains("<base href=\"../../../\"><title>A &amp; &lt;b&gt; – Podium</title>"), "{page}");
        assert!(page.contains("name=\"description\" content=\"&quot;quoted&quot;\""), "{page}");
        assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/x?a&amp;b\">"), "{page}");
        assert!(page.contains("ld+json\">{\"name\":\"\\u003c/script>\"}</script></head>"), "{page}");
        assert!(page.ends_with("<div id=\"site\"><h1>A &amp; &lt;b&gt;</h1><p>&quot;quoted&quot;</p></div>"), "{page}");
    }

    #[test]
    fn addresses_are_relative_to_the_root() {
        for (path, base) in [("/", "./"), ("/records", "./"), ("/athletes/usain-bolt", "../"), ("/games/2024-summer/", "../../")] {
            let page = with_head(PAGE, path, None, &Head::titled("x"));
            assert!(page.contains(&format!("<base href=\"{base}\">")), "{path}: {page}");
        }
    }
}
