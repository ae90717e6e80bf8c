//! The HTTP routes: `/graphql` by POST and GET, `/graphql/ws` for events, `/graphql.csv` and `/schedules/` for files, `/explorer/`,
//! `/schema.graphql`, `/healthz`, `/readyz`, the pages of the results site at `/` and below, and `/sitemap.xml` and `/robots.txt` for
//! search engines.

mod admission;
mod app;
mod compression;
mod connection;
mod cors;
mod download;
mod graphql;
mod monitoring;
mod only_headers;
mod options;
mod refusal;
mod site;

use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::net::TcpListener;

use crate::answer::schema;
use download::{csv_file, schedule};
use graphql::media::wants_page;
use graphql::websocket;
use monitoring::probes::{healthy, ready};
use refusal::Refusal;
use site::{explorer, sitemap, web_files};

pub use app::App;
pub use graphql::trusted_documents::TrustedDocuments;
pub use monitoring::operations;
pub use options::{Access, Traffic};

/// How long writing an answer may take beyond the time limit of answers.
const SLACK: Duration = Duration::from_secs(1);

/// All routes.
pub fn router(app: App) -> Router {
    let cors = cors::layer(&app.access().cors_origin);
    let routes = site::routes()
        .route("/explorer", get(explorer::without_slash))
        .route("/explorer/", get(explorer::page))
        .route("/graphql", any(graphql::route))
        .route("/graphql/", any(graphql::route))
        .route("/graphql/ws", get(websocket::route))
        .route("/graphql.csv", get(csv_file::route).head(csv_file::headers))
        .route("/schedules/{file}", get(schedule::route))
        .route("/sitemap.xml", get(sitemap::index).head(sitemap::headers))
        .route("/sitemap-{file}", get(sitemap::part).head(sitemap::headers))
        .route("/robots.txt", get(sitemap::robots))
        .route("/schema.graphql", get(sdl))
        .route("/healthz", get(healthy))
        .route("/readyz", get(ready))
        .fallback(fallback)
        .method_not_allowed_fallback(|| async { Refusal::read_only().into_response() })
        .with_state(app);
    match cors {
        Some(cors) => routes.layer(cors),
        None => routes,
    }
}

/// Binds the address that is served.
///
/// # Errors
/// When it is no address, or taken.
pub async fn listen(address: &str) -> std::io::Result<TcpListener> {
    connection::listen(address).await
}

/// Serves requests on a listener until `stop`. Requests that are being answered then have half a second to finish. An answer may take
/// `max_answer_time`.
pub fn serve(
    listener: TcpListener,
    app: App,
    max_answer_time: Duration,
    stop: impl Future<Output = ()> + Send + 'static,
) -> BoxFuture<'static, ()> {
    let traffic = app.traffic();
    // The connection of a request is silent while it is executed.
    let max_silence = traffic.max_silence().max(traffic.max_wait() + max_answer_time + SLACK);
    let slots = app.connections().clone();
    let subscribers = app.subscribers().clone();
    let stop = stop.inspect(move |()| subscribers.stop());
    async move { connection::serve(listener, router(app), &slots, max_silence, stop).await }.boxed()
}

/// The SDL, generated once.
async fn sdl(headers: HeaderMap) -> Response {
    static SDL: LazyLock<String> = LazyLock::new(schema::sdl);
    let told = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (told, compression::unchanging("schema.graphql", SDL.as_bytes().into(), &headers)).into_response()
}

/// The fallback route: a file of the pages, or a 404: a page for people, and for programs a text that names `/graphql`.
async fn fallback(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    match web_files::file(uri.path().trim_start_matches('/'), &headers) {
        Some(_) if method != Method::GET && method != Method::HEAD => Refusal::read_only().into_response(),
        Some(file) => file,
        None if wants_page(&headers) => site::not_found(&app, uri.path()),
        None => Refusal::not_found().into_response(),
    }
}
