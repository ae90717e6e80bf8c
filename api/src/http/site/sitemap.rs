//! `/sitemap.xml`: the addresses of all pages, for search engines. They must be whole, so it needs `--public-url`.

use std::fmt::Write;

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use super::WITHOUT_SUBJECT;
use super::head::escaped;
use super::subject::Subject;
use crate::answer::Engine;
use crate::http::app::App;
use crate::http::graphql::answering;
use crate::http::only_headers::only_headers;
use crate::http::refusal::Refusal;

const MEDIA: &str = "application/xml; charset=utf-8";

/// How many addresses a part has at most. The protocol allows 50,000.
const ADDRESSES_OF_A_PART: u32 = 20_000;

/// What the index costs of a client's budget. A part costs one for each row that it may read.
const COMPLEXITY_OF_INDEX: u64 = 1_000;

/// What robots may read, and where the sitemap is. The pages ask `/graphql`, so robots may too. Files and explorer repeat what the pages say.
pub(crate) async fn robots(State(app): State<App>) -> Response {
    let url = app.public_url().unwrap_or_default();
    let path = url.parse().map_or_else(|_| String::new(), |url: Uri| url.path().trim_end_matches('/').to_owned());
    let sitemap = if url.is_empty() { String::new() } else { format!("Sitemap: {url}/sitemap.xml\n") };
    format!("User-agent: *\nDisallow: {path}/graphql.csv\nDisallow: {path}/explorer/\n{sitemap}").into_response()
}

/// Answers HEAD for the index and its parts.
pub(crate) async fn headers() -> Response {
    only_headers([(header::CONTENT_TYPE, MEDIA)])
}

/// The list of the parts.
pub(crate) async fn index(State(app): State<App>, request: Request) -> Response {
    let client = app.client(&request);
    let made = async {
        let (url, engine) = public_url_and_engine(&app)?;
        let _permit = answering::admit_and_charge(&app, client, COMPLEXITY_OF_INDEX).await?;
        let counts = engine.counts(Subject::ALL.map(Subject::table)).await.map_err(|error| Refusal::of(&error))?;
        let parts = Subject::ALL.into_iter().zip(counts).flat_map(|(subject, count)| {
            let parts = count.div_ceil(u64::from(ADDRESSES_OF_A_PART));
            (1..=parts).map(move |part| format!("{url}/sitemap-{}-{part}.xml", subject.folder()))
        });
        Ok(xml("sitemapindex", "sitemap", [format!("{url}/sitemap-pages.xml")].into_iter().chain(parts)))
    };
    written(made.boxed().await)
}

/// One part, such as `/sitemap-athletes-1.xml`. A part lies where all pages are below it, as the protocol wants.
pub(crate) async fn part(State(app): State<App>, Path(file): Path<String>, request: Request) -> Response {
    let client = app.client(&request);
    let made = async {
        let (url, engine) = public_url_and_engine(&app)?;
        if file == "pages.xml" {
            return Ok(xml("urlset", "url", WITHOUT_SUBJECT.map(|(path, _)| format!("{url}{path}"))));
        }
        let (subject, part) = named(&file).ok_or_else(nothing)?;
        let _permit = answering::admit_and_charge(&app, client, u64::from(ADDRESSES_OF_A_PART)).await?;
        let slugs = engine.slugs(subject.table(), part - 1, ADDRESSES_OF_A_PART).await.map_err(|error| Refusal::of(&error))?;
        if slugs.is_empty() {
            return Err(nothing());
        }
        Ok(xml("urlset", "url", slugs.iter().map(|slug| format!("{url}/{}/{slug}", subject.folder()))))
    };
    written(made.boxed().await)
}

fn public_url_and_engine(app: &App) -> Result<(&str, &Engine), Refusal> {
    let url = app.public_url().ok_or_else(|| {
        Refusal::new(StatusCode::NOT_FOUND, "There is no sitemap: start Podium with --public-url and the address at which people reach it.")
    })?;
    let engine = app.engine().ok_or_else(Refusal::not_ready)?;
    if engine.is_lost() { Err(Refusal::lost()) } else { Ok((url, engine)) }
}

fn nothing() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "There is no such part of the sitemap; /sitemap.xml lists them.")
}

/// The subject and the number, from 1, in `athletes-1.xml`.
fn named(file: &str) -> Option<(Subject, u32)> {
    let (folder, part) = file.strip_suffix(".xml")?.rsplit_once('-')?;
    let subject = Subject::ALL.into_iter().find(|subject| subject.folder() == folder)?;
    Some((subject, part.parse().ok().filter(|part| *part > 0)?))
}

fn xml(root: &str, item: &str, addresses: impl IntoIterator<Item = String>) -> String {
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for address in addresses {
        let _ = writeln!(xml, "<{item}><loc>{}</loc></{item}>", escaped(&address));
    }
    let _ = writeln!(xml, "</{root}>");
    xml
}

fn written(made: Result<String, Refusal>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, MEDIA), (header::CACHE_CONTROL, "public, max-age=3600"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    made.map_or_else(IntoResponse::into_response, |xml| (headers, xml).into_response())
}
