//! The results site: pages for people at addresses such as `/athletes/usain-bolt`. Browsers run its program, which is built from `web/`. The
//! server adds what search engines, previews of links and readers without JavaScript see: a title, a description, and data as schema.org names it.

pub(crate) mod explorer;
pub(crate) mod sitemap;
pub(crate) mod web_files;

use std::net::IpAddr;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::FutureExt;
use serde_json::{Map, Value, json};

use crate::answer::{FinishedBody, GraphqlRequest};
use crate::error::BAD_USER_INPUT;
use crate::http::app::App;
use crate::http::graphql::answering;
use crate::http::refusal::Refusal;

/// The routes of the pages.
pub(crate) fn routes() -> Router<App> {
    let about = |routes: Router<App>, subject: Subject| {
        let page = move |app: State<App>, slug: Path<String>, request: Request| about(subject, app, slug, request);
        routes.route(&format!("/{}/{{*slug}}", subject.folder()), get(page))
    };
    let pages = WITHOUT_SUBJECT.into_iter().fold(Router::new(), |routes, (path, _)| routes.route(path, get(page)));
    Subject::ALL.into_iter().fold(pages, about)
}

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Athlete,
    Edition,
    Event,
    Games,
    Nation,
}

impl Subject {
    pub(crate) const ALL: [Self; 5] = [Self::Athlete, Self::Edition, Self::Event, Self::Games, Self::Nation];

    /// The first part of the addresses of its pages.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Athlete => "athletes",
            Self::Edition => "editions",
            Self::Event => "events",
            Self::Games => "games",
            Self::Nation => "nations",
        }
    }

    /// The table of its slugs.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Athlete => "athlete",
            Self::Edition => "event_edition",
            Self::Event => "event",
            Self::Games => "games",
            Self::Nation => "nation",
        }
    }

    /// The document for the title, the description and the structured data of its page.
    fn question(self) -> &'static str {
        match self {
            Self::Athlete => {
                "query Page($slug: String!) { subject: athlete(slug: $slug) { slug name nations { name } medalCount { gold silver bronze } } }"
            }
            Self::Edition => "query Page($slug: String!) { subject: eventEdition(slug: $slug) { slug name: title startsOn endsOn city } }",
            Self::Event => "query Page($slug: String!) { subject: event(slug: $slug) { slug name yearsHeld } }",
            Self::Games => {
                "query Page($slug: String!) { subject: games(slug: $slug) { slug name startsOn: openedOn endsOn: closedOn hostCities { name } } }"
            }
            Self::Nation => "query Page($slug: String!) { subject: nation(code: $slug) { slug name medalCount { gold silver bronze } } }",
        }
    }

    /// What a page says of a subject.
    fn describe(self, subject: &Value) -> Head {
        let text = |field: &str| subject[field].as_str().unwrap_or_default();
        let names = |field: &str| {
            let names = subject[field].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        let medals = || {
            let of = |colour: &str| subject["medalCount"][colour].as_i64().unwrap_or_default();
            format!("{} gold, {} silver and {} bronze medals at the Olympic Games", of("gold"), of("silver"), of("bronze"))
        };
        let name = text("name");
        let event = |place: String| {
            json!({ "@context": "https://schema.org", "@type": "SportsEvent", "name": name, "startDate": subject["startsOn"],
                    "endDate": subject["endsOn"], "location": { "@type": "Place", "name": place } })
        };
        let (description, data) = match self {
            Self::Athlete => (
                format!("{name}, {}: {}.", names("nations"), medals()),
                Some(json!({ "@context": "https://schema.org", "@type": "Person", "name": name, "nationality": names("nations") })),
            ),
            Self::Edition => (format!("Medals, results and phases: {name}."), Some(event(text("city").to_owned()))),
            Self::Event => (format!("Olympic winners and records, {name}: {}.", text("yearsHeld")), None),
            Self::Games => (format!("{name}: medal table, events and results, {}.", names("hostCities")), Some(event(names("hostCities")))),
            Self::Nation => (format!("{name}: {}.", medals()), None),
        };
        let path = Some(format!("/{}/{}", self.folder(), text("slug")));
        Head { title: name.to_owned(), description, data, path }
    }
}

/// The head of a page.
struct Head {
    title: String,
    description: String,
    /// The subject as JSON-LD.
    data: Option<Value>,
    /// The one address that search engines keep, of all that lead to the page.
    path: Option<String>,
}

impl Head {
    fn titled(title: &str) -> Self {
        let description = "Every medal of the Olympic Games since 1896: Games, events, athletes, nations and records.";
        Self { title: title.to_owned(), description: description.to_owned(), data: None, path: None }
    }
}

/// The pages without a subject, with their titles.
pub(crate) const WITHOUT_SUBJECT: [(&str, &str); 3] =
    [("/", "The Olympic results"), ("/records", "Olympic records"), ("/on-this-day", "On this day in Olympic history")];

/// A page without a subject. With a query, such as a day, it is another page.
async fn page(State(app): State<App>, uri: Uri) -> Response {
    let title = WITHOUT_SUBJECT.into_iter().find(|(path, _)| *path == uri.path()).map_or("", |(_, title)| title);
    let path = uri.query().is_none().then(|| uri.path().to_owned());
    html(&app, uri.path(), StatusCode::OK, &Head { path, ..Head::titled(title) })
}

/// A page for an address that names nothing.
pub(crate) fn not_found(app: &App, path: &str) -> Response {
    html(app, path, StatusCode::NOT_FOUND, &Head::titled("Not found"))
}

/// A page about a subject. If the store does not answer, the page says so and offers a retry.
async fn about(subject: Subject, State(app): State<App>, Path(slug): Path<String>, request: Request) -> Response {
    let (path, client) = (request.uri().path().to_owned(), app.client(&request));
    match find(&app, subject, slug, client).await {
        Found::Head(head) => html(&app, &path, StatusCode::OK, &head),
        Found::Nothing => not_found(&app, &path),
        Found::NoAnswer => html(&app, &path, StatusCode::SERVICE_UNAVAILABLE, &Head::titled("The Olympic results")),
    }
}

enum Found {
    Head(Head),
    Nothing,
    NoAnswer,
}

async fn find(app: &App, subject: Subject, slug: String, client: IpAddr) -> Found {
    let Some(engine) = app.engine() else { return Found::NoAnswer };
    let question = GraphqlRequest {
        query: subject.question().to_owned(),
        operation_name: None,
        variables: Map::from_iter([("slug".to_owned(), Value::String(slug))]),
    };
    let answer = answering::answer(app, engine, client, question);
    let Ok((_, answer)) = answering::catch_panic(answer.boxed()).await else { return Found::NoAnswer };
    match &answer.body {
        FinishedBody::Data(body) => {
            let answer: Value = serde_json::from_slice(&body.json).unwrap_or_default();
            match &answer["data"]["subject"] {
                Value::Null => Found::Nothing,
                found => Found::Head(subject.describe(found)),
            }
        }
        FinishedBody::Errors(_) if answer.codes().iter().any(|code| code == BAD_USER_INPUT) => Found::Nothing,
        FinishedBody::Errors(_) => Found::NoAnswer,
    }
}

/// The page with its head. A program that was built without pages has only the explorer.
fn html(app: &App, path: &str, status: StatusCode, head: &Head) -> Response {
    let Some(page) = web_files::text("index.html") else {
        return if path == "/" { explorer::from_cdn() } else { Refusal::not_found().into_response() };
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, web_files::STRICT),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    let address = app.public_url().zip(head.path.as_ref()).map(|(url, path)| format!("{url}{path}"));
    (status, headers, with_head(&page, path, address.as_deref(), head)).into_response()
}

/// Writes a head into the page as it was built. `address` is the whole address of `head.path`.
fn with_head(page: &str, path: &str, address: Option<&str>, head: &Head) -> String {
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
