//! The results site: pages for people at addresses such as `/athletes/usain-bolt`. Browsers run its program, which is built from `web/`. The
//! server adds what search engines, previews of links and readers without JavaScript see: a title, a description, and data as schema.org names it.

pub(crate) mod explorer;
pub(crate) mod head;
pub(crate) mod sitemap;
pub(crate) mod subject;
pub(crate) mod web_files;

use std::net::IpAddr;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::NaiveDate;
use futures_util::FutureExt;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::answer::{FinishedBody, GraphqlRequest};
use crate::error::{BAD_USER_INPUT, code};
use crate::http::app::App;
use crate::http::graphql::answering;
use crate::http::refusal::Refusal;
use head::{Head, with_head};
use subject::Subject;

/// The routes of the pages.
pub(crate) fn routes() -> Router<App> {
    let about = |routes: Router<App>, subject: Subject| {
        let page = move |app: State<App>, slug: Path<String>, request: Request| about(subject, app, slug, request);
        routes.route(&format!("/{}/{{*slug}}", subject.folder()), get(page))
    };
    let pages = WITHOUT_SUBJECT.into_iter().fold(Router::new(), |routes, (path, _)| routes.route(path, get(page)));
    let pages = LISTED_ELSEWHERE.into_iter().fold(pages, |routes, (path, list)| routes.route(path, get(Redirect::temporary(list))));
    Subject::ALL.into_iter().fold(pages, about)
}

/// The pages without a subject, with their titles.
pub(crate) const WITHOUT_SUBJECT: [(&str, &str); 6] = [
    ("/", "The Olympic results"),
    ("/athletes", "The most successful athletes"),
    ("/nations", "Nations"),
    ("/sports", "Sports"),
    ("/records", "Olympic records"),
    ("/on-this-day", "On this day in Olympic history"),
];

/// Folders without a list of their own, and the page that lists their subjects, relative to the folder.
const LISTED_ELSEWHERE: [(&str, &str); 3] = [("/games", "./"), ("/events", "sports"), ("/editions", "sports")];

/// A page without a subject. With a query, such as a day, it is another page.
async fn page(State(app): State<App>, uri: Uri) -> Response {
    if uri.path() == "/on-this-day" && !Query::<Day>::try_from_uri(&uri).is_ok_and(|Query(day)| day.exists()) {
        return not_found(&app, uri.path());
    }
    let title = WITHOUT_SUBJECT.into_iter().find(|(path, _)| *path == uri.path()).map_or("", |(_, title)| title);
    let path = uri.query().is_none().then(|| uri.path().to_owned());
    html(&app, uri.path(), StatusCode::OK, &Head { path, ..Head::titled(title) })
}

/// The day that `/on-this-day` is asked about. Today if both are missing; one that is missing is 1.
#[derive(Deserialize)]
struct Day {
    month: Option<u32>,
    day: Option<u32>,
}

impl Day {
    /// Whether a leap year has this day.
    fn exists(&self) -> bool {
        NaiveDate::from_ymd_opt(2000, self.month.unwrap_or(1), self.day.unwrap_or(1)).is_some()
    }
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
        FinishedBody::Errors(_) if answer.errors().iter().any(|error| code(error) == Some(BAD_USER_INPUT)) => Found::Nothing,
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
