//! The engine: executes a request and returns its response, against one version of the data.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_graphql::{Request, ServerError, ServerResult};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_store::data_version;
use sea_orm::{DatabaseConnection, Statement};

use super::response::Answer;
use super::schema::{GraphqlSchema, executor, validator};
use crate::document::{Measured, Priced, Received, SchemaIndex};
use crate::error::{Error, INTERNAL, INTERNAL_MESSAGE, TIMEOUT, UNAVAILABLE, UNAVAILABLE_MESSAGE, refusal};
use crate::limits::Limits;
use crate::loader::Loads;
use crate::loader::moment::{Moment, NewestVersion};
use crate::loader::rounds::{self, Round};

/// The timeout of the readiness check.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// How often a request is executed at most, when the data version changes during execution.
const MAX_TRIES: usize = 3;

/// Executes GraphQL requests against a store.
#[derive(Clone)]
pub struct Engine {
    validator: GraphqlSchema,
    executor: GraphqlSchema,
    index: Arc<SchemaIndex>,
    limits: Limits,
    db: DatabaseConnection,
    newest: Arc<NewestVersion>,
    on_statement: Option<StatementHook>,
}

/// A callback for every SQL statement.
type StatementHook = Arc<dyn Fn(&Statement) + Send + Sync>;

impl Engine {
    /// Creates an engine for a store that has been migrated.
    #[must_use]
    pub fn new(db: DatabaseConnection, limits: Limits) -> Self {
        let validator = validator();
        Self {
            index: Arc::new(SchemaIndex::of(&validator.sdl())),
            validator,
            executor: executor(limits),
            limits,
            db,
            newest: Arc::default(),
            on_statement: None,
        }
    }

    /// The same engine, with a callback for every SQL statement it runs.
    #[must_use]
    pub fn on_statement(self, on_statement: impl Fn(&Statement) + Send + Sync + 'static) -> Self {
        Self { on_statement: Some(Arc::new(on_statement)), ..self }
    }

    /// The limits on the cost of a request.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether the store answers.
    pub fn is_reachable(&self) -> BoxFuture<'_, bool> {
        async { matches!(tokio::time::timeout(PING_TIMEOUT, data_version::read(&self.db)).await, Ok(Ok(_))) }.boxed()
    }

    /// Answers a request.
    pub fn execute(&self, request: Request) -> BoxFuture<'_, Answer> {
        async {
            match self.measure(request) {
                Ok(document) => self.answer(document).await,
                Err(refusal) => Answer::refused(vec![refusal]),
            }
        }
        .boxed()
    }

    /// Parses and measures the document of a request.
    pub(crate) fn measure(&self, request: Request) -> ServerResult<Measured> {
        Received(request).measure(&self.limits)
    }

    /// Validates, prices and executes a document.
    pub(crate) async fn answer(&self, document: Measured) -> Answer {
        let valid = match document.validate(&self.validator, &self.index).await {
            Ok(valid) => valid,
            Err(errors) => return Answer::refused(errors),
        };
        let priced = match valid.price(&self.limits, &self.index) {
            Ok(priced) => priced,
            Err(refusal) => return Answer::refused(vec![refusal]),
        };
        let (time, statements) = (self.limits.time(), Arc::new(AtomicUsize::new(0)));
        let answer = with_timeout(time, self.answer_at_one_version(&priced, &statements)).await;
        let mut answer = match answer.and_then(|answer| answer) {
            // The statement timeout of the database may fire first.
            Ok(answer) if answer.has_error(TIMEOUT) => Answer::failed(too_long(time)),
            Ok(answer) => answer,
            Err(error) => Answer::failed(error),
        };
        answer.statements = statements.load(Ordering::Relaxed);
        answer
    }

    /// Executes a document against one data version. Executes it again if the version changes during execution.
    async fn answer_at_one_version(&self, document: &Priced, statements: &Arc<AtomicUsize>) -> ServerResult<Answer> {
        let failed = |error| Error::from(error).of_answer();
        let mut version = self.newest.get(&self.db).await.map_err(failed)?;
        for _ in 0..MAX_TRIES {
            let moment = Arc::new(Moment::now(version));
            let answer = self.execute_once(document, Arc::clone(&moment), statements).await;
            let depends_on_data = statements.load(Ordering::Relaxed) > 0 || moment.tells_version();
            if !depends_on_data || answer.has_error(UNAVAILABLE) || answer.has_error(TIMEOUT) {
                return Ok(answer);
            }
            let now = self.newest.refresh(&self.db).await.map_err(failed)?;
            if now == version {
                return Ok(answer);
            }
            version = now;
        }
        tracing::warn!("the data changed during each of {MAX_TRIES} attempts at an answer");
        Err(refusal(UNAVAILABLE, UNAVAILABLE_MESSAGE))
    }

    async fn execute_once(&self, document: &Priced, moment: Arc<Moment>, statements: &Arc<AtomicUsize>) -> Answer {
        let db = count_statements(&self.db, Arc::clone(statements), self.on_statement.clone());
        let round = Round::default();
        let request = document.to_request().data(Loads::new(db, round.clone(), moment));
        Answer::executed(rounds::run(round, self.executor.execute(request)).await)
    }
}

/// Runs a future with a timeout. A timeout or a panic becomes an error.
async fn with_timeout<T>(time: Duration, future: impl Future<Output = T>) -> ServerResult<T> {
    match tokio::time::timeout(time, AssertUnwindSafe(future).catch_unwind()).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_panic)) => Err(refusal(INTERNAL, INTERNAL_MESSAGE)),
        Err(_elapsed) => Err(too_long(time)),
    }
}

fn too_long(time: Duration) -> ServerError {
    refusal(TIMEOUT, format!("The answer took longer than {} ms, so it was given up; ask for less at once.", time.as_millis()))
}

/// The same connection pool, which counts its SQL statements.
fn count_statements(db: &DatabaseConnection, statements: Arc<AtomicUsize>, on_statement: Option<StatementHook>) -> DatabaseConnection {
    let mut db = db.clone();
    db.set_metric_callback(move |told| {
        statements.fetch_add(1, Ordering::Relaxed);
        if let Some(on_statement) = &on_statement {
            on_statement(told.statement);
        }
    });
    db
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_in_time_is_the_answer() {
        assert_eq!(with_timeout(Duration::from_secs(1), async { 7 }).await.expect("seven"), 7);
    }

    #[tokio::test]
    async fn an_endless_answer_is_given_up() {
        let error = with_timeout(Duration::from_millis(5), std::future::pending::<()>()).await.expect_err("no answer");
        assert!(Answer::failed(error.clone()).has_error(TIMEOUT));
        assert!(error.message.contains("5 ms"), "{}", error.message);
    }

    #[tokio::test]
    async fn a_panic_is_our_fault_and_stays_here() {
        let error = with_timeout(Duration::from_secs(1), async { panic!("at the disco") }).await.expect_err("no answer");
        assert!(Answer::failed(error.clone()).has_error(INTERNAL));
        assert!(!error.message.contains("disco"), "{}", error.message);
    }
}
