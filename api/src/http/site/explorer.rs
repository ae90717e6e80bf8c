//! `/explorer/`: the GraphQL explorer. It is built from `web/` and embedded in the program. A program built without Node serves a page that
//! loads the explorer from a CDN.

use std::sync::Once;

use async_graphql::http::GraphiQLSource;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::web_files::file;

/// The content security policy of the fallback page, which loads the explorer from this host.
const WITH_CDN: &str = "default-src 'self' https://esm.sh; script-src 'self' 'unsafe-inline' https://esm.sh data: blob:; \
                        style-src 'self' 'unsafe-inline' https://esm.sh; font-src https://esm.sh data:; img-src 'self' data:; \
                        worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

/// The text of the fallback page for browsers without JavaScript; the built page has its own.
const WITHOUT_JAVASCRIPT: &str = "<noscript><p>This is Podium, a GraphQL server, and its explorer needs JavaScript. Without it, send questions \
    to <code>/graphql</code>: <code>curl -s http://127.0.0.1:8000/graphql -H 'content-type: application/json' -d \
    '{\"query\":\"{ games(slug: \\\"2012-summer\\\") { name } }\"}'</code>. What can be asked stands in \
    <a href=\"../schema.graphql\">schema.graphql</a>.</p></noscript>";

/// The page.
pub(crate) async fn page(headers: HeaderMap) -> Response {
    file("explorer/index.html", &headers).unwrap_or_else(from_cdn)
}

/// Redirects the address without the slash, since the files of the page are relative to the other. Keeps the query string.
pub(crate) async fn without_slash(uri: Uri) -> Redirect {
    Redirect::permanent(&uri.query().map_or_else(|| "explorer/".to_owned(), |query| format!("explorer/?{query}")))
}

/// The fallback page, made by async-graphql.
pub(crate) fn from_cdn() -> Response {
    static WARNED: Once = Once::new();
    WARNED.call_once(|| {
        tracing::warn!(
            "this program was built without Node, so the explorer is fetched from a CDN: install Node and `make run` to have it inside"
        );
    });
    let page = GraphiQLSource::build().endpoint("/graphql").title("Podium: the Olympic results graph").finish();
    let page = page.replace("<body>", &format!("<body>{WITHOUT_JAVASCRIPT}"));
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, WITH_CDN)];
    (headers, page).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    /// The fallback page loads from one host, its policy allows that host, and it has a text for browsers without JavaScript.
    #[tokio::test]
    async fn the_page_of_the_library_is_let_to_load() {
        let (parts, body) = from_cdn().into_parts();
        let policy = parts.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy").to_owned();
        let page = String::from_utf8(to_bytes(body, usize::MAX).await.expect("a page").to_vec()).expect("text");
        for address in page.split("https://").skip(1) {
            assert!(address.starts_with("esm.sh"), "{}", &address[..40]);
        }
        assert!(policy.contains("script-src 'self' 'unsafe-inline' https://esm.sh") && page.contains("'/graphql'"), "{policy}");
        assert!(page.split("<noscript>").nth(1).is_some_and(|words| words.contains("curl") && words.contains("schema.graphql")));
    }
}
