//! `/graphql.csv`: the rows of a list as a CSV file, streamed page by page.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::{FutureExt, StreamExt, stream};

use super::all_pages::{FirstPage, Rows, open};
use crate::http::app::App;
use crate::http::connection::slots::Slot;
use crate::http::graphql::media::Media;
use crate::http::graphql::parameters::read;
use crate::http::graphql::response::{RequestHeaders, write};
use crate::http::monitoring::request_id::RequestId;
use crate::http::only_headers::only_headers;
use crate::http::refusal::Refusal;

const MEDIA: &str = "text/csv; charset=utf-8; header=present";

/// Handles HEAD.
pub(crate) async fn headers() -> Response {
    only_headers([(header::CONTENT_TYPE, MEDIA)])
}

/// Handles GET.
pub(crate) async fn route(State(app): State<App>, request: Request) -> Response {
    let (request_id, headers) = (RequestId::of(request.headers()), RequestHeaders::of(&request));
    match file(&app, request, &headers, &request_id).boxed().await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response_of(Media::GraphqlResponse, &request_id),
    }
}

async fn file(app: &App, request: Request, requested: &RequestHeaders, request_id: &RequestId) -> Result<Response, Refusal> {
    let engine = app.engine().ok_or_else(Refusal::not_ready)?;
    let (client, slot) = (app.client(&request), request.extensions().get::<Slot>().cloned());
    let request = read(app, engine, request).await?.request;
    let name = request.operation_name.clone().unwrap_or_else(|| "podium".to_owned());
    let (columns, pages) = match open(app, client, slot, request, request_id.clone()).await? {
        FirstPage::Pages(columns, pages) => (columns, pages),
        FirstPage::Errors(answer) => return Ok(write(&answer, None, requested, Media::GraphqlResponse, request_id)),
    };
    let lines = stream::once(async { Ok(vec![columns]) }).chain(pages).map(|rows: io::Result<Rows>| rows.and_then(lines));
    let headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_DISPOSITION, file_name(&name)),
    ]);
    Ok((headers, Body::from_stream(lines)).into_response())
}

fn lines(rows: Rows) -> io::Result<Bytes> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?.into())
}

/// The header that names the file after the operation that the request names.
fn file_name(operation: &str) -> HeaderValue {
    let named = format!("attachment; filename=\"{operation}.csv\"");
    named.parse().unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}
