//! The HTTP routes: `/` the explorer, `/graphql` by POST and GET, `/schema.graphql`, `/healthz`, `/readyz`.

mod explorer;
mod graphql;
mod media;
mod refusal;

use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::net::TcpListener;

use crate::answer::{Engine, schema};
use refusal::Refusal;

/// The allowed methods of every route but `/graphql`.
const READ_ONLY: &str = "GET, HEAD";

/// How long in-flight requests may take to finish at shutdown.
const GRACE: Duration = Duration::from_millis(500);

/// The engine behind the routes; unset until the store is ready.
#[derive(Clone, Default)]
pub struct App(Arc<OnceLock<Engine>>);

impl App {
    /// Sets the engine, once the store is ready. A second call changes nothing.
    pub fn open(&self, engine: Engine) {
        let _ = self.0.set(engine);
    }

    fn engine(&self) -> Option<&Engine> {
        self.0.get()
    }
}

/// All routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(explorer::page))
        .route("/graphql", axum::routing::any(graphql::answer))
        .route("/schema.graphql", get(sdl))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .fallback(fallback)
        .method_not_allowed_fallback(|| async { Refusal::method(READ_ONLY).into_response() })
        .with_state(app)
}

/// Serves requests on a listener until `stop`. In-flight requests then have half a second to finish.
///
/// # Errors
/// When the listener fails.
pub fn serve(listener: TcpListener, app: App, stop: impl Future<Output = ()> + Send + 'static) -> BoxFuture<'static, std::io::Result<()>> {
    serve_until(listener, app, stop.boxed()).boxed()
}

async fn serve_until(listener: TcpListener, app: App, stop: BoxFuture<'static, ()>) -> std::io::Result<()> {
    let (stopping, mut stopped) = tokio::sync::watch::channel(());
    let graceful = async move {
        stop.await;
        drop(stopping);
    };
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(graceful);
    tokio::select! {
        ended = server => ended,
        () = async { let _ = stopped.changed().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

/// The SDL, generated once.
async fn sdl() -> Response {
    static SDL: LazyLock<String> = LazyLock::new(schema::sdl);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], SDL.as_str()).into_response()
}

/// Readiness probe: tells a load balancer whether the server can execute requests now.
async fn ready(State(app): State<App>) -> Response {
    let (status, told) = match app.engine() {
        None => (StatusCode::SERVICE_UNAVAILABLE, "the tables are being brought up to date\n"),
        Some(engine) if !engine.is_reachable().await => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
        Some(_) => (StatusCode::OK, "ready\n"),
    };
    (status, told).into_response()
}

/// The fallback route: a file of the explorer, or a 404 that names `/graphql`.
async fn fallback(method: Method, uri: Uri) -> Response {
    match explorer::file(uri.path().trim_start_matches('/')) {
        Some(_) if method != Method::GET && method != Method::HEAD => Refusal::method(READ_ONLY).into_response(),
        Some(file) => file,
        None => Refusal::not_found().into_response(),
    }
}
