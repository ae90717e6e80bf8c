//! A listener of its own for those who run the server: probes and metrics, which are answered whatever the public listener suffers.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use super::probes::{healthy, ready};
use crate::http::app::App;

/// Tells how many lines of the log were lost.
type LostLogLines = Arc<dyn Fn() -> u64 + Send + Sync>;

/// Serves `/healthz`, `/readyz` and `/metrics` in a thread of its own, until the program ends.
///
/// # Errors
/// When no thread can be started.
pub fn serve(listener: TcpListener, app: App, lost_log_lines: impl Fn() -> u64 + Send + Sync + 'static) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let lost_log_lines: LostLogLines = Arc::new(lost_log_lines);
    let routes = Router::new()
        .route("/healthz", get(healthy))
        .route("/readyz", get(ready))
        .with_state(app.clone())
        .merge(Router::new().route("/metrics", get(metrics)).with_state((app, lost_log_lines)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let serve = move || {
        let served = runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, routes).await });
        if let Err(error) = served {
            tracing::error!(%error, "probes and metrics are no longer answered");
        }
    };
    std::thread::Builder::new().name("operations".to_owned()).spawn(serve).map(drop)
}

async fn metrics(State((app, lost_log_lines)): State<(App, LostLogLines)>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], app.metrics_text(lost_log_lines()))
}
