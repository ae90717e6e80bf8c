//! The door: `/graphql` by POST and GET, `/schema.graphql`, `/healthz`.

use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;

use async_graphql::Variables;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::error::BAD_USER_INPUT;
use crate::schema::{self, Schema};

/// Documents are text that people write; nothing they need is longer.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// How long requests under way may take to end when the server stops.
const GRACE: Duration = Duration::from_millis(500);

/// All routes over a schema.
pub fn router(schema: Schema) -> Router {
    Router::new()
        .route("/graphql", get(by_get).post(by_post))
        .route("/schema.graphql", get(sdl))
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback(|| refuse_politely(StatusCode::NOT_FOUND))
        .method_not_allowed_fallback(|| refuse_politely(StatusCode::METHOD_NOT_ALLOWED))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(schema)
}

/// Answers on a listener until `stop`, then within half a second ends.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, schema: Schema, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let (stopping, mut stopped) = tokio::sync::watch::channel(());
    let graceful = async move {
        stop.await;
        drop(stopping);
    };
    let server = axum::serve(listener, router(schema)).with_graceful_shutdown(graceful);
    tokio::select! {
        ended = server => ended,
        () = async { let _ = stopped.changed().await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}

/// A GraphQL request as JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A GraphQL request in an address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
}

async fn by_post(State(schema): State<Schema>, body: Result<Json<Body>, JsonRejection>) -> Response {
    match body {
        Ok(Json(body)) => answer(&schema, body).await,
        Err(rejection) => refuse(
            rejection.status(),
            "Send a JSON object with `query`, and `variables` and `operationName` when needed, as application/json.",
        ),
    }
}

async fn by_get(State(schema): State<Schema>, parameters: Result<Query<Parameters>, QueryRejection>) -> Response {
    let Ok(Query(parameters)) = parameters else {
        return refuse(StatusCode::BAD_REQUEST, "Give `query`, and `variables` and `operationName` when needed, once each.");
    };
    let variables = parameters.variables.map(|text| serde_json::from_str(&text)).transpose();
    match variables {
        Ok(variables) => answer(&schema, Body { query: parameters.query, operation_name: parameters.operation_name, variables }).await,
        Err(_) => refuse(StatusCode::BAD_REQUEST, "`variables` must be a JSON object."),
    }
}

async fn answer(schema: &Schema, body: Body) -> Response {
    let Some(query) = body.query else {
        return refuse(StatusCode::BAD_REQUEST, "There is no `query` to answer.");
    };
    let variables = body.variables.map(|variables| Variables::from_json(variables.into())).unwrap_or_default();
    let mut request = async_graphql::Request::new(query).variables(variables);
    request.operation_name = body.operation_name;
    let mut response = schema.execute(request).await;
    let request_id = Uuid::now_v7().to_string();
    for error in &mut response.errors {
        error.extensions.get_or_insert_default().set("requestId", request_id.as_str());
    }
    let executed = response.data != async_graphql::Value::Null || response.errors.iter().any(|error| !error.path.is_empty());
    let errors = (!response.errors.is_empty()).then_some(&response.errors);
    let body = Answer { data: executed.then_some(&response.data), errors };
    json(StatusCode::OK, &body)
}

/// What is sent: `data` unless execution never began, and `errors` when there are any.
#[derive(serde::Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a async_graphql::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a Vec<async_graphql::ServerError>>,
}

fn refuse(status: StatusCode, message: &str) -> Response {
    let extensions = serde_json::json!({ "code": BAD_USER_INPUT, "requestId": Uuid::now_v7() });
    json(status, &serde_json::json!({ "errors": [{ "message": message, "extensions": extensions }] }))
}

fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response
}

/// Tells someone who came to another address, or by another method, where the answers are.
async fn refuse_politely(status: StatusCode) -> Response {
    refuse(status, "Podium answers GraphQL at /graphql, by POST or GET; what can be asked stands at /schema.graphql.")
}

/// The schema as text, written once.
async fn sdl() -> Response {
    static SDL: LazyLock<String> = LazyLock::new(schema::sdl);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], SDL.as_str()).into_response()
}
