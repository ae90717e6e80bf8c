//! `/sitemap.xml`: the addresses of all pages, for search engines. They must be whole, so it needs `--public-url`.

use std::fmt::Write;

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use super::refusal::Refusal;
use super::site::{Subject, escaped};
use super::{App, answering};
use crate::answer::Engine;

/// What a part costs of a client's budget: about as much as a page of a list whose rows are all read.
const COMPLEXITY: u64 = 200;

/// What robots may read, and where the sitemap is.
pub(super) async fn robots(State(app): State<App>) -> Response {
    let sitemap = app.public_url().map(|url| format!("Sitemap: {url}/sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\nDisallow: /graphql\n{sitemap}").into_response()
}

/// The list of the parts.
pub(super) async fn index(State(app): State<App>, request: Request) -> Response {
    let client = app.client(&request);
    let made = async {
        let (url, engine) = opened(&app)?;
        let _place = answering::pay(&app, client, COMPLEXITY).await?;
        let mut parts = Vec::new();
        for subject in Subject::ALL {
            let count = engine.slug_parts(subject.table()).await.map_err(|_| Refusal::busy())?;
            parts.extend((1..=count).map(|part| format!("{url}/sitemaps/{}-{part}.xml", subject.folder())));
        }
        Ok(xml("sitemapindex", "sitemap", parts))
    };
    written(made.boxed().await)
}

/// One part, such as `/sitemaps/athletes-1.xml`.
pub(super) async fn part(State(app): State<App>, Path(file): Path<String>, request: Request) -> Response {
    let client = app.client(&request);
    let made = async {
        let (url, engine) = opened(&app)?;
        let (subject, part) = named(&file).ok_or_else(nothing)?;
        let _place = answering::pay(&app, client, COMPLEXITY).await?;
        let slugs = engine.slugs(subject.table(), part).await.map_err(|_| Refusal::busy())?;
        if slugs.is_empty() {
            return Err(nothing());
        }
        Ok(xml("urlset", "url", slugs.iter().map(|slug| format!("{url}/{}/{slug}", subject.folder()))))
    };
    written(made.boxed().await)
}

fn opened(app: &App) -> Result<(&str, &Engine), Refusal> {
    let url = app.public_url().ok_or_else(|| {
        Refusal::new(StatusCode::NOT_FOUND, "There is no sitemap: start Podium with --public-url and the address at which people reach it.")
    })?;
    Ok((url, app.engine().ok_or_else(Refusal::not_ready)?))
}

fn nothing() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "There is no such part of the sitemap; /sitemap.xml lists them.")
}

/// The subject and the number in `athletes-1.xml`.
fn named(file: &str) -> Option<(Subject, u64)> {
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
    let headers = [
        (header::CONTENT_TYPE, "application/xml; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    made.map_or_else(IntoResponse::into_response, |xml| (headers, xml).into_response())
}
