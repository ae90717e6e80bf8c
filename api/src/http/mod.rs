//! The HTTP routes: `/graphql` by POST and GET, `/graphql/ws` for events, `/graphql.csv` and `/schedules/` for files, `/explorer/`,
//! `/schema.graphql`, `/healthz`, `/readyz`, the pages of the results site at `/` and below, and `/sitemap.xml` and `/robots.txt` for search engines.

mod admission;
mod all_pages;
mod answering;
mod budget;
mod client_address;
mod clients;
mod compression;
mod connections;
mod cors;
mod cost_extension;
mod csv_file;
mod event_payload;
mod event_stream;
mod explorer;
mod graphql;
mod held_connections;
mod media;
mod metrics;
pub mod operations;
mod outcome;
mod parameters;
mod refusal;
mod request_id;
mod schedule;
mod site;
mod sitemap;
mod subscribers;
mod table;
mod tracing_span;
mod traffic;
mod trusted_documents;
mod web_files;
mod websocket;

use std::net::IpAddr;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use opentelemetry::global::BoxedTracer;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::answer::{Engine, schema};
use admission::{Admission, Busy, Place};
use budget::Budgets;
use held_connections::Held;
use media::wants_page;
use metrics::{Metrics, Now};
use refusal::Refusal;
use subscribers::Subscribers;

pub use clients::Clients;
pub use traffic::Traffic;
pub use trusted_documents::TrustedDocuments;

/// The allowed methods of every route but `/graphql`.
const READ_ONLY: &str = "GET, HEAD";

/// How long an answer may take to be written beyond its time.
const SLACK: Duration = Duration::from_secs(1);

/// The shortest time between two messages that keep a connection alive.
const MIN_KEEP_ALIVE: Duration = Duration::from_millis(100);

/// How many bytes the bodies of all requests may have that are read and not yet answered. What is read of them takes more.
const MAX_BODY_BYTES_AT_ONCE: usize = 32 << 20;

/// What the routes share. Clones share it too.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    /// Unset until the store is ready.
    engine: OnceLock<Engine>,
    admission: Admission,
    /// The bytes of bodies that may be held at once.
    bodies: Arc<Semaphore>,
    held: Held,
    budgets: Budgets,
    subscribers: Subscribers,
    metrics: Metrics,
    /// Unset when no traces are collected.
    tracer: OnceLock<BoxedTracer>,
    traffic: Traffic,
    clients: Clients,
}

impl App {
    /// An app without an engine, which answers that it is starting.
    pub fn new(traffic: Traffic, clients: Clients) -> Self {
        let (admission, held) = (Admission::new(&traffic), Held::new(traffic.max_connections));
        let bodies = Arc::new(Semaphore::new(MAX_BODY_BYTES_AT_ONCE));
        let (budgets, subscribers) = (Budgets::new(traffic.max_complexity_per_minute), Subscribers::new(traffic.max_subscribers));
        let (engine, metrics, tracer) = (OnceLock::new(), Metrics::new(), OnceLock::new());
        Self(Arc::new(Shared { engine, admission, bodies, held, budgets, subscribers, metrics, tracer, traffic, clients }))
    }

    /// Sets the engine, once the store is ready. A second call changes nothing.
    pub fn open(&self, engine: Engine) {
        let _ = self.0.engine.set(engine);
    }

    /// Collects a trace of each request. A second call changes nothing.
    pub fn trace_with(&self, tracer: BoxedTracer) {
        let _ = self.0.tracer.set(tracer);
    }

    fn tracer(&self) -> Option<&BoxedTracer> {
        self.0.tracer.get()
    }

    fn engine(&self) -> Option<&Engine> {
        self.0.engine.get()
    }

    fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    fn budgets(&self) -> &Budgets {
        &self.0.budgets
    }

    fn subscribers(&self) -> &Subscribers {
        &self.0.subscribers
    }

    /// How often a client that listens is sent something, so that its connection is not silent for too long.
    fn keep_alive_interval(&self) -> Duration {
        (self.0.traffic.max_silence() / 3).max(MIN_KEEP_ALIVE)
    }

    /// Whether the page that sent these headers may open a WebSocket.
    fn allows_origin(&self, headers: &HeaderMap) -> bool {
        cors::allows(&self.0.clients.cors_origin, headers)
    }

    /// The metrics, as Prometheus reads them.
    fn metrics_text(&self, lost_log_lines: u64) -> String {
        let (answering, waiting) = self.0.admission.load();
        let data_version = self.engine().and_then(Engine::data_version).unwrap_or_default();
        self.metrics().text(Now {
            answering: answering as u64,
            waiting: waiting as u64,
            refused_requests: self.0.admission.refused(),
            connections: self.0.held.count() as u64,
            refused_connections: self.0.held.refused(),
            subscribers: self.0.subscribers.count() as u64,
            refused_subscribers: self.0.subscribers.refused(),
            data_version: u64::try_from(data_version).unwrap_or_default(),
            lost_log_lines,
        })
    }

    fn trusted_documents(&self) -> Option<&TrustedDocuments> {
        self.0.clients.documents.as_ref()
    }

    /// The address at which people reach this server, if it is known.
    fn public_url(&self) -> Option<&str> {
        self.0.clients.public_url.as_deref()
    }

    fn client(&self, request: &Request) -> IpAddr {
        client_address::client_address(request, self.0.clients.client_address_header.as_ref())
    }

    /// Room for a body of so many bytes, while there is some.
    fn room(&self, bytes: u32) -> Result<OwnedSemaphorePermit, Busy> {
        Arc::clone(&self.0.bodies).try_acquire_many_owned(bytes).map_err(|_| Busy)
    }

    /// Waits until it is a client's turn.
    async fn admit(&self, client: IpAddr) -> Result<Place, Busy> {
        self.0.admission.enter(client).await
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new(Traffic::default(), Clients::default())
    }
}

/// All routes.
pub fn router(app: App) -> Router {
    let cors = cors::layer(&app.0.clients.cors_origin);
    let routes = site::routes()
        .route("/explorer", get(explorer::without_slash))
        .route("/explorer/", get(explorer::page))
        .route("/graphql", any(graphql::route))
        .route("/graphql/", any(graphql::route))
        .route("/graphql/ws", get(websocket::route))
        .route("/graphql.csv", any(csv_file::route))
        .route("/schedules/{file}", get(schedule::route))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap-{file}", get(sitemap::part))
        .route("/robots.txt", get(sitemap::robots))
        .route("/schema.graphql", get(sdl))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .fallback(fallback)
        .method_not_allowed_fallback(|| async { Refusal::method(READ_ONLY).into_response() })
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
    connections::listen(address).await
}

/// Serves requests on a listener until `stop`. Requests that are being answered then have half a second to finish. An answer may take
/// `max_answer_time`.
pub fn serve(
    listener: TcpListener,
    app: App,
    max_answer_time: Duration,
    stop: impl Future<Output = ()> + Send + 'static,
) -> BoxFuture<'static, ()> {
    let traffic = &app.0.traffic;
    // While an answer is made, its connection is silent.
    let max_silence = traffic.max_silence().max(traffic.max_wait() + max_answer_time + SLACK);
    let held = app.0.held.clone();
    let subscribers = app.0.subscribers.clone();
    let stop = stop.inspect(move |()| subscribers.stop());
    async move { connections::serve(listener, router(app), &held, max_silence, stop).await }.boxed()
}

/// The SDL, generated once.
async fn sdl(headers: HeaderMap) -> Response {
    static SDL: LazyLock<String> = LazyLock::new(schema::sdl);
    let told = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (told, compression::unchanging("schema.graphql", SDL.as_bytes().into(), &headers)).into_response()
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

/// The fallback route: a file of the pages, or a 404: a page for people, and for programs a text that names `/graphql`.
async fn fallback(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    match web_files::file(uri.path().trim_start_matches('/'), &headers) {
        Some(_) if method != Method::GET && method != Method::HEAD => Refusal::method(READ_ONLY).into_response(),
        Some(file) => file,
        None if wants_page(&headers) => site::not_found(&app, uri.path()),
        None => Refusal::not_found().into_response(),
    }
}
