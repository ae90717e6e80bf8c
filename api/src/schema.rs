//! The schema, and how one request is answered with it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{
    EmptyMutation, EmptySubscription, ErrorExtensionValues, ObjectType, Request, Response, SDLExportOptions, ServerError, ServerResult,
    ValidationMode, Value,
};
use futures_util::FutureExt;
use sea_orm::{DatabaseConnection, Statement};
use serde::Serialize;

use crate::document::{Document, Shape};
use crate::error::{BAD_USER_INPUT, INTERNAL, NOTED, TIMEOUT, UNAVAILABLE, in_words, refusal};
use crate::federation::Subgraph;
use crate::limits::Limits;
use crate::load::{Loads, about};
use crate::query::Query;
use crate::rounds::{self, Round};

/// An answer does not grow with the mistakes in a document.
const MOST_ERRORS: usize = 20;

/// How long the store may take to show that it is there.
const PING: Duration = Duration::from_secs(1);

type Library<Q> = async_graphql::Schema<Q, EmptyMutation, EmptySubscription>;

/// The Olympic results graph over a store.
#[derive(Clone)]
pub struct Schema {
    /// Finds what is wrong with a document, and answers nothing.
    validator: Library<Subgraph>,
    /// Answers documents that are known to be valid.
    executor: Library<Subgraph>,
    shape: Arc<Shape>,
    limits: Limits,
    db: DatabaseConnection,
    watch: Option<Watch>,
}

/// Whoever is told of every SQL statement.
type Watch = Arc<dyn Fn(&Statement) + Send + Sync>;

/// What a client is answered.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// What went wrong; first, so that nobody overlooks it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ServerError>,
    /// What was asked for; none when it was not begun to be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// How many SQL statements it took.
    #[serde(skip)]
    pub statements: usize,
}

impl Schema {
    /// The graph over a store whose tables are there.
    #[must_use]
    pub fn new(db: DatabaseConnection, limits: Limits) -> Self {
        let validator = build(Subgraph).extension(OnlyValidate).finish();
        let executor = build(Subgraph).validation_mode(ValidationMode::Fast).data(limits).finish();
        Self { shape: Arc::new(Shape::of(&validator.sdl())), validator, executor, limits, db, watch: None }
    }

    /// The same graph, which tells every SQL statement that it runs.
    #[must_use]
    pub fn watched_by(self, watch: impl Fn(&Statement) + Send + Sync + 'static) -> Self {
        Self { watch: Some(Arc::new(watch)), ..self }
    }

    /// What a question may cost.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether the store answers.
    pub async fn is_reachable(&self) -> bool {
        matches!(tokio::time::timeout(PING, about::data_version(&self.db)).await, Ok(Ok(_)))
    }

    /// Answers one request.
    pub async fn execute(&self, request: Request) -> Answer {
        match self.read(request) {
            Ok(document) => self.answer(document).await,
            Err(refusal) => Answer::refused(vec![refusal]),
        }
    }

    /// Reads the document of a request, without looking whether it fits the schema.
    pub(crate) fn read(&self, request: Request) -> ServerResult<Document> {
        Document::read(request, &self.limits, &self.shape)
    }

    /// Answers a document.
    pub(crate) async fn answer(&self, document: Document) -> Answer {
        let validated = self.validator.execute(document.to_request()).await;
        if validated.is_err() {
            return Answer::refused(validated.errors);
        }
        let merged = match document.into_merged(&self.limits, &self.shape) {
            Ok(merged) => merged,
            Err(refusal) => return Answer::refused(vec![refusal]),
        };
        let (db, statements) = counting(&self.db, self.watch.clone());
        let round = Round::default();
        let executed = rounds::run(round.clone(), self.executor.execute(merged.data(Loads::new(db, round))));
        let time = self.limits.time();
        let response = match within(time, executed).await {
            // The database may be the first to say so.
            Ok(response) if response.errors.iter().any(|error| has_code(error, TIMEOUT)) => Response::from_errors(vec![too_long(time)]),
            Ok(response) => response,
            Err(error) => Response::from_errors(vec![error]),
        };
        Answer::executed(response, statements.load(Ordering::Relaxed))
    }
}

impl Answer {
    /// The answer to what was not begun to be answered.
    pub(crate) fn refused(mut errors: Vec<ServerError>) -> Self {
        errors.truncate(MOST_ERRORS);
        errors.iter_mut().for_each(explain);
        // The library says some things twice.
        errors.dedup_by(|later, earlier| later.message == earlier.message && later.locations == earlier.locations);
        Self { data: None, errors, statements: 0 }
    }

    fn executed(response: Response, statements: usize) -> Self {
        let Response { mut data, mut errors, .. } = response;
        errors.iter_mut().for_each(explain);
        if let Some(place) = errors.iter().position(|error| has_code(error, UNAVAILABLE)) {
            // What came before the store failed is a part that nobody asked for.
            data = Value::Null;
            errors = vec![errors.swap_remove(place)];
        }
        Self { data: Some(data), errors, statements }
    }
}

/// What a future comes to, unless it takes too long or panics.
async fn within<T>(time: Duration, future: impl Future<Output = T>) -> ServerResult<T> {
    match tokio::time::timeout(time, AssertUnwindSafe(future).catch_unwind()).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_panic)) => Err(refusal(INTERNAL, NOTED)),
        Err(_elapsed) => Err(too_long(time)),
    }
}

fn too_long(time: Duration) -> ServerError {
    refusal(TIMEOUT, format!("The answer took longer than {} ms, so it was given up; ask for less at once.", time.as_millis()))
}

/// The same connections, with a count of the statements that pass.
fn counting(db: &DatabaseConnection, watch: Option<Watch>) -> (DatabaseConnection, Arc<AtomicUsize>) {
    let (mut db, statements) = (db.clone(), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&statements);
    db.set_metric_callback(move |told| {
        counter.fetch_add(1, Ordering::Relaxed);
        if let Some(watch) = &watch {
            watch(told.statement);
        }
    });
    (db, statements)
}

fn build<Q: ObjectType + 'static>(query: Q) -> async_graphql::SchemaBuilder<Q, EmptyMutation, EmptySubscription> {
    // Nesting is a limit of ours, whose largest value is below.
    async_graphql::Schema::build(query, EmptyMutation, EmptySubscription).limit_recursive_depth(1000)
}

/// Stops the library when it has validated a document.
struct OnlyValidate;

impl ExtensionFactory for OnlyValidate {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for OnlyValidate {
    async fn execute(&self, _: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        Response::default()
    }
}

/// Our own errors come with a code; what the library refuses is the client's fault, and is put into our words.
fn explain(error: &mut ServerError) {
    let place = error.locations.first().map(|at| (at.line, at.column));
    error.message = in_words(&error.message, place);
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", BAD_USER_INPUT);
    }
}

fn has_code(error: &ServerError, code: &str) -> bool {
    error.extensions.as_ref().and_then(|extensions| extensions.get("code")) == Some(&Value::from(code))
}

/// The schema as text, what `schema.graphql` holds: what people and their clients ask. Needs no store.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let mut sdl = build(Query).finish().sdl_with_options(options);
    sdl.truncate(sdl.trim_end().len());
    sdl.push('\n');
    sdl
}

/// The schema as a gateway composes it, with the keys of its entities; the same as `_service { sdl }`. Needs no store.
#[must_use]
pub fn federation_sdl() -> String {
    build(Subgraph).finish().sdl_with_options(SDLExportOptions::new().federation().compose_directive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_in_time_is_the_answer() {
        assert_eq!(within(Duration::from_secs(1), async { 7 }).await.expect("seven"), 7);
    }

    #[tokio::test]
    async fn an_endless_answer_is_given_up() {
        let error = within(Duration::from_millis(5), std::future::pending::<()>()).await.expect_err("no answer");
        assert!(has_code(&error, TIMEOUT));
        assert!(error.message.contains("5 ms"), "{}", error.message);
    }

    #[tokio::test]
    async fn a_panic_is_our_fault_and_stays_here() {
        let error = within(Duration::from_secs(1), async { panic!("at the disco") }).await.expect_err("no answer");
        assert!(has_code(&error, INTERNAL));
        assert!(!error.message.contains("disco"), "{}", error.message);
    }
}
