//! `/graphql.csv`: the rows of a list as a CSV file. All pages are asked for, one after the other, while the file is sent.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{FutureExt, StreamExt, stream};
use serde_json::Value;

use super::graphql::{Asked, write};
use super::media::Media;
use super::parameters::read;
use super::refusal::Refusal;
use super::request_id::request_id;
use super::table::{Next, NoTable, Table};
use super::{App, READ_ONLY, answering};
use crate::answer::{Engine, Finished, FinishedBody, GraphqlRequest};

/// How often a page is asked for again when the server is busy.
const ATTEMPTS: usize = 30;

/// How long to wait before a page is asked for again, if the refusal does not say.
const PAUSE: Duration = Duration::from_secs(1);

/// Handles a request.
pub(super) async fn route(State(app): State<App>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Refusal::method(READ_ONLY).into_response();
    }
    let (request_id, asked) = (request_id(request.headers()), Asked::by(&request));
    match open(&app, request, request_id.clone()).boxed().await {
        Ok(Opened::File(response)) => response,
        Ok(Opened::Errors(answer)) => write(&answer, None, &asked, Media::GraphqlResponse, &request_id),
        Err(refusal) => refusal.into_response_of(Media::GraphqlResponse, &request_id),
    }
}

enum Opened {
    File(Response),
    /// The first page has errors.
    Errors(Arc<Finished>),
}

/// Asks for the first page.
async fn open(app: &App, request: Request, request_id: String) -> Result<Opened, Refusal> {
    let engine = app.engine().ok_or_else(Refusal::not_ready)?;
    let client = app.client(&request);
    let request = read(app, engine, request).await?.request;
    let version = engine.data_version();
    let pages = Pages { app: app.clone(), client, request, version, request_id };
    let answer = pages.ask().await?;
    let FinishedBody::Data(body) = &answer.body else { return Ok(Opened::Errors(answer)) };
    let table = Table::of(&pages.request.query, pages.request.operation_name.as_deref()).map_err(|none| no_table(&none))?;
    let data = data(&body.json);
    let next = table.next(&data);
    if next == Next::OutOfReach {
        return Err(bad_request(
            "The list may have more rows than this page. Declare a variable for the cursor, give it to the list as `after`, and select \
             `pageInfo { hasNextPage endCursor }`: then all pages are sent.",
        ));
    }
    let first = lines(std::iter::once(table.header()).chain(table.rows(&data)));
    let name = pages.request.operation_name.clone().unwrap_or_else(|| "podium".to_owned());
    let further = stream::unfold(Some((pages, table, next)), |state| async move {
        let (mut pages, table, next): (Pages, Table, Next) = state?;
        let Next::After(cursor) = next else { return None };
        let page = pages.after(&table, cursor).boxed().await;
        Some(match page {
            Ok((text, next)) => (Ok(text), Some((pages, table, next))),
            // A file that ends too early must not look complete.
            Err(error) => (Err(error), None),
        })
    });
    let headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, header::HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (header::CACHE_CONTROL, header::HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff")),
        (header::CONTENT_DISPOSITION, file_name(&name)),
    ]);
    let body = Body::from_stream(stream::once(async { Ok(first) }).chain(further));
    Ok(Opened::File((headers, body).into_response()))
}

/// The pages of one list.
struct Pages {
    app: App,
    client: IpAddr,
    request: GraphqlRequest,
    /// The data version of the first page.
    version: Option<i64>,
    request_id: String,
}

impl Pages {
    /// Asks for the page that the variables name.
    async fn ask(&self) -> Result<Arc<Finished>, Refusal> {
        let started = Instant::now();
        let engine = self.app.engine().ok_or_else(Refusal::not_ready)?;
        let answer = answering::answer(&self.app, engine, self.client, self.request.clone());
        let (outcome, answer) = answering::catch_panic(answer.boxed()).await?;
        outcome.record(&self.app, StatusCode::OK.as_u16(), started, &self.request_id);
        Ok(answer)
    }

    /// The page after a cursor, as lines.
    async fn after(&mut self, table: &Table, cursor: String) -> io::Result<(Bytes, Next)> {
        let Some(variable) = table.after() else { return Err(io::Error::other("the document has no variable for the cursor")) };
        self.request.variables.insert(variable.to_owned(), Value::String(cursor));
        let answer = self.ask_patiently().await?;
        if self.app.engine().and_then(Engine::data_version) != self.version {
            return Err(io::Error::other("the data changed while the file was sent"));
        }
        let FinishedBody::Data(body) = &answer.body else { return Err(io::Error::other("a page has errors")) };
        let data = data(&body.json);
        Ok((lines(table.rows(&data).into_iter()), table.next(&data)))
    }

    async fn ask_patiently(&self) -> io::Result<Arc<Finished>> {
        for _ in 0..ATTEMPTS {
            match self.ask().await {
                Ok(answer) => return Ok(answer),
                Err(refusal) => tokio::time::sleep(refusal.retry_after().unwrap_or(PAUSE)).await,
            }
        }
        Err(io::Error::other("the server stayed busy"))
    }
}

fn data(json: &[u8]) -> Value {
    serde_json::from_slice::<Value>(json).map(|mut answer| answer["data"].take()).unwrap_or_default()
}

fn lines(rows: impl Iterator<Item = Vec<String>>) -> Bytes {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("memory takes what is written");
    }
    writer.into_inner().expect("memory takes what is written").into()
}

/// The header that names the file after its operation, which is a name.
fn file_name(operation: &str) -> header::HeaderValue {
    let named = format!("attachment; filename=\"{operation}.csv\"");
    named.parse().unwrap_or_else(|_| header::HeaderValue::from_static("attachment"))
}

fn no_table(none: &NoTable) -> Refusal {
    bad_request(match none {
        NoTable::NoConnection => "A CSV file has the rows of a list: select the `nodes` of a connection, such as `medalAwards`.",
        NoTable::SeveralConnections => "A CSV file has the rows of one list, but the document selects the `nodes` of several.",
    })
}

fn bad_request(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, message)
}
