//! All pages of a list, executed one after the other, for a file.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use serde_json::Value;

use super::table::{Next, NoTable, Table};
use crate::answer::{Engine, Finished, FinishedBody, GraphqlRequest};
use crate::http::app::App;
use crate::http::connection::slots::Slot;
use crate::http::graphql::answering;
use crate::http::monitoring::request_id::RequestId;
use crate::http::refusal::Refusal;

/// How long to retry a page while the server is busy. It must be less than the idle timeout.
const RETRY_FOR: Duration = Duration::from_secs(15);

/// The cells of each row.
pub(crate) type Rows = Vec<Vec<String>>;

/// The outcome of the first page.
pub(crate) enum FirstPage {
    /// The names of the columns, and the pages. A failed page ends the stream with an error, so that a truncated file never looks complete.
    Pages(Vec<String>, BoxStream<'static, io::Result<Rows>>),
    Errors(Arc<Finished>),
}

/// Asks for the first page.
///
/// # Errors
/// When the document selects no list, or one that it cannot follow to its end.
pub(crate) async fn open(
    app: &App,
    client: IpAddr,
    slot: Option<Slot>,
    request: GraphqlRequest,
    request_id: RequestId,
) -> Result<FirstPage, Refusal> {
    // Until the last page is sent.
    let answering = slot.map(Slot::answering);
    let version = app.engine().ok_or_else(Refusal::not_ready)?.data_version();
    let pages = Pages { app: app.clone(), client, request, version, request_id };
    let answer = pages.ask().await?;
    let FinishedBody::Data(body) = &answer.body else { return Ok(FirstPage::Errors(answer)) };
    let table = Table::of(&pages.request.query, pages.request.operation_name.as_deref()).map_err(|none| no_table(&none))?;
    let data = data(&body.json);
    let next = table.next(&data);
    if next == Next::OutOfReach {
        return Err(bad_request(
            "The list may have more rows than this page. Declare a variable for the cursor, give it to the list as `after`, and select \
             `pageInfo { hasNextPage endCursor }`: then all pages are sent.",
        ));
    }
    let (header, first) = (table.header(), table.rows(&data));
    let further = stream::unfold(Some((pages, table, next, answering)), |state| async move {
        let (mut pages, table, next, answering): (Pages, Table, Next, _) = state?;
        let page = match next {
            Next::Nothing => return None,
            Next::After(cursor) => pages.after(&table, cursor).boxed().await,
            Next::OutOfReach => Err(io::Error::other("a page does not say what follows it")),
        };
        Some(match page {
            Ok((rows, next)) => (Ok(rows), Some((pages, table, next, answering))),
            Err(error) => (Err(error), None),
        })
    });
    Ok(FirstPage::Pages(header, stream::once(async { Ok(first) }).chain(further).boxed()))
}

/// The pages of one list.
struct Pages {
    app: App,
    client: IpAddr,
    request: GraphqlRequest,
    /// The data version of the first page.
    version: Option<i64>,
    request_id: RequestId,
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

    /// The page after a cursor.
    async fn after(&mut self, table: &Table, cursor: String) -> io::Result<(Rows, Next)> {
        let Some(variable) = table.after() else { return Err(io::Error::other("the document has no variable for the cursor")) };
        self.request.variables.insert(variable.to_owned(), Value::String(cursor));
        let answer = self.ask_patiently().await?;
        if self.app.engine().and_then(Engine::data_version) != self.version {
            return Err(io::Error::other("the data changed while the file was sent"));
        }
        let FinishedBody::Data(body) = &answer.body else { return Err(io::Error::other("a page has errors")) };
        let data = data(&body.json);
        Ok((table.rows(&data), table.next(&data)))
    }

    async fn ask_patiently(&self) -> io::Result<Arc<Finished>> {
        let started = Instant::now();
        loop {
            match self.ask().await {
                Ok(answer) => return Ok(answer),
                Err(refusal) => match refusal.retry_after() {
                    Some(pause) if started.elapsed() + pause < RETRY_FOR => tokio::time::sleep(pause).await,
                    _ => return Err(io::Error::other("the server is too busy for the next page")),
                },
            }
        }
    }
}

fn data(json: &[u8]) -> Value {
    serde_json::from_slice::<Value>(json).map(|mut answer| answer["data"].take()).unwrap_or_default()
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
