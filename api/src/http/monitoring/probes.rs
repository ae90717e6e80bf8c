//! The probes of a load balancer: `/healthz` and `/readyz`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::http::app::App;

/// Liveness: the process answers.
pub(crate) async fn healthy() -> &'static str {
    "ok\n"
}

/// Readiness: whether the server can execute requests now.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let (status, told) = match app.engine() {
        None => (StatusCode::SERVICE_UNAVAILABLE, "the tables are being brought up to date\n"),
        Some(engine) if !engine.is_reachable().await => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
        Some(_) => (StatusCode::OK, "ready\n"),
    };
    (status, told).into_response()
}
