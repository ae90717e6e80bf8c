//! The engine: executes a request and returns its response, against one version of the data.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError, ServerResult, Variables};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_store::{ConnectionUse, CurrentVersion, KnownVersion, Session, Sessions, StatementHook, data_version};
use sea_orm::Statement;

use super::answer_cache::AnswerKey;
use super::caches::Caches;
use super::error_path::{self, WholePaths};
use super::finished::Finished;
use super::prepared::{Document, Prepared};
use super::request::GraphqlRequest;
use super::response::GraphqlResponse;
use super::schema::{self, Executor, Validator};
use crate::bounded_cache::CacheUse;
use crate::cache_sizes::CacheSizes;
use crate::document::{Cost, DocumentCache, Parsed, PersistedDocuments, Priced, SchemaIndex};
use crate::error::{BAD_USER_INPUT, Error, INTERNAL, INTERNAL_MESSAGE, TIMEOUT, UNAVAILABLE, UNAVAILABLE_MESSAGE, refusal};
use crate::limits::Limits;
use crate::loader::RequestLoader;
use crate::loader::moment::{Moment, NewestVersion};
use crate::loader::rounds::{self, Round};
use crate::loader::row_cache::RowsOfVersion;

/// The timeout of the readiness check.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// How often a request is executed at most when the data version changes during execution.
const MAX_TRIES: usize = 3;

/// The error for a subscription that is sent as a plain request.
const ONLY_AS_EVENTS: &str = "A subscription is answered by events: accept text/event-stream, or open a WebSocket with the protocol graphql-transport-ws at /graphql/ws.";

/// Executes GraphQL requests against a store.
#[derive(Clone)]
pub struct Engine {
    validator: Validator,
    executor: Executor,
    /// Made when it is needed for the first time.
    executor_with_paths: Arc<OnceLock<Executor>>,
    index: Arc<SchemaIndex>,
    pub(super) limits: Limits,
    pub(super) sessions: Sessions,
    newest: Arc<NewestVersion>,
    caches: Arc<Caches>,
    on_statement: Option<StatementHook>,
}

impl Engine {
    /// Creates an engine for a store that has been migrated. It caches nothing.
    #[must_use]
    pub fn new(sessions: Sessions, limits: Limits) -> Self {
        let validator = schema::validator(true);
        Self {
            index: Arc::new(SchemaIndex::of(&validator.sdl())),
            validator,
            executor: schema::executor(limits),
            executor_with_paths: Arc::default(),
            limits,
            sessions,
            newest: Arc::default(),
            caches: Arc::default(),
            on_statement: None,
        }
    }

    /// The same engine with caches. Their content is valid for one version of the data, which `version` watches.
    #[must_use]
    pub fn with_caches(self, sizes: CacheSizes, version: CurrentVersion) -> Self {
        Self { caches: Arc::new(Caches::new(sizes, version)), ..self }
    }

    /// The same engine, whose errors do not suggest field names.
    #[must_use]
    pub fn without_suggestions(self) -> Self {
        Self { validator: schema::validator(false), ..self }
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

    /// Whether the store answers. Asks the watch of its version; without one, pings the store.
    pub fn is_reachable(&self) -> BoxFuture<'_, bool> {
        if self.is_lost() || self.current_version().is_some() {
            return std::future::ready(!self.is_lost()).boxed();
        }
        let session = self.sessions.pooled();
        async move { matches!(tokio::time::timeout(PING_TIMEOUT, data_version::read(&session)).await, Ok(Ok(_))) }.boxed()
    }

    /// Answers a request, without the caches.
    pub fn execute(&self, request: Request) -> BoxFuture<'_, GraphqlResponse> {
        async {
            let Request { query, operation_name, variables, .. } = request;
            match self.measure(None, &query, operation_name, variables) {
                Err(refusal) => GraphqlResponse::refused(vec![refusal]),
                Ok(document) => match self.price(&Prepared { key: None, document }).await {
                    Ok(priced) => self.answer(priced).await,
                    Err(errors) => GraphqlResponse::refused(errors),
                },
            }
        }
        .boxed()
    }

    /// The cached answer to an equal request, if it is still valid.
    pub(crate) fn cached(&self, key: &Arc<str>) -> Option<Arc<Finished>> {
        let (answers, version) = (self.caches.answers.as_ref()?, self.current_version()?);
        answers.get(&AnswerKey::now(Arc::clone(key), version))
    }

    /// The automatic persisted queries; `None` when they are disabled.
    pub(crate) fn persisted(&self) -> Option<&PersistedDocuments> {
        self.caches.persisted.as_ref()
    }

    /// Reads and measures the document of a request.
    pub(crate) fn prepare(&self, key: Arc<str>, request: GraphqlRequest) -> ServerResult<Prepared> {
        let documents = self.caches.documents.as_ref();
        if let Some(priced) = documents.and_then(|documents| documents.priced(&key)) {
            return Ok(Prepared { key: Some(key), document: Document::Known(priced) });
        }
        let (query, operation_name, variables) = request.into_parts();
        Ok(Prepared { key: Some(key), document: self.measure(documents, &query, operation_name, variables)? })
    }

    /// Reads and measures a document, which may be cached.
    fn measure(
        &self,
        documents: Option<&DocumentCache>,
        query: &str,
        operation_name: Option<String>,
        variables: Variables,
    ) -> ServerResult<Document> {
        let parsed = match documents {
            Some(documents) => documents.read(query, &self.limits)?,
            None => Arc::new(Parsed::read(query, &self.limits)?),
        };
        Ok(Document::New(parsed.measure(operation_name, variables, &self.limits)?))
    }

    /// The answer to a request. Equal requests at the same time share one execution. An answer without errors is cached.
    pub(crate) async fn once(&self, key: &Arc<str>, execute: impl Future<Output = Arc<Finished>>) -> Arc<Finished> {
        match (&self.caches.answers, self.current_version()) {
            (Some(answers), Some(version)) => answers.get_or_execute(&AnswerKey::now(Arc::clone(key), version), execute).await,
            _ => execute.await,
        }
    }

    /// Answers a request. Calls `on_priced` with its cost before it is executed.
    pub(crate) async fn finish(&self, prepared: Prepared, on_priced: impl FnOnce(Cost) + Send) -> Finished {
        let operation = prepared.operation();
        match self.price(&prepared).boxed().await {
            Ok(_) if operation.operation_type == OperationType::Subscription => {
                Finished::refused(refusal(BAD_USER_INPUT, ONLY_AS_EVENTS), operation)
            }
            Ok(priced) => {
                on_priced(priced.cost);
                let answer = self.answer(Arc::clone(&priced)).boxed().await;
                Finished::of(answer, operation, Some(priced.cost))
            }
            Err(errors) => Finished::of(GraphqlResponse::refused(errors), operation, None),
        }
    }

    /// The data version, while it is known.
    pub(crate) fn data_version(&self) -> Option<i64> {
        self.current_version().map(|version| version.number)
    }

    /// The state of each cache that is switched on, with its name.
    pub(crate) fn cache_usage(&self) -> Vec<(&'static str, CacheUse)> {
        self.caches.usage()
    }

    /// The connections to the database that read.
    pub(crate) fn connection_usage(&self) -> ConnectionUse {
        self.sessions.usage()
    }

    /// Whether the store was reachable before, and is not now.
    pub(crate) fn is_lost(&self) -> bool {
        self.caches.version.as_ref().is_some_and(CurrentVersion::is_lost)
    }

    /// The watched data version; `None` when it is not watched.
    pub(super) fn watched_version(&self) -> Option<&CurrentVersion> {
        self.caches.version.as_ref()
    }

    fn current_version(&self) -> Option<KnownVersion> {
        self.caches.version.as_ref()?.get()
    }

    /// Executes a document.
    pub(super) async fn answer(&self, priced: Arc<Priced>) -> GraphqlResponse {
        let (time, statements) = (self.limits.time(), Arc::new(AtomicUsize::new(0)));
        let answering = async {
            if let Some(answer) = self.answer_from_rows(&priced).await {
                return Ok(Ok(answer));
            }
            if self.is_lost() {
                // Fails fast while the database is known to be unreachable.
                return Ok(Err(refusal(UNAVAILABLE, UNAVAILABLE_MESSAGE)));
            }
            let (engine, counted) = (self.clone(), Arc::clone(&statements));
            self.sessions.run(move |session| async move { engine.answer_at_one_version(&session, &priced, &counted).await }.boxed()).await
        };
        let answer = with_timeout(time, answering).await.map(|answer| answer.unwrap_or_else(|error| Err(Error::from(error).of_answer())));
        let mut answer = match answer.map(|answer| answer.unwrap_or_else(GraphqlResponse::failed)) {
            Ok(answer) if answer.has_error(TIMEOUT) => GraphqlResponse::failed(too_much_work(self.limits.database_time())),
            Ok(answer) => answer,
            Err(error) => GraphqlResponse::failed(error),
        };
        answer.statements = statements.load(Ordering::Relaxed);
        answer
    }

    /// Validates and prices a document.
    pub(super) async fn price(&self, prepared: &Prepared) -> Result<Arc<Priced>, Vec<ServerError>> {
        let measured = match &prepared.document {
            Document::Known(priced) => return Ok(Arc::clone(priced)),
            Document::New(measured) => measured,
        };
        let valid = measured.validate(&self.validator, &self.index).await?;
        let priced = Arc::new(valid.price(&self.limits, &self.index).map_err(|refusal| vec![refusal])?);
        if let (Some(documents), Some(key)) = (&self.caches.documents, &prepared.key) {
            documents.insert(Arc::clone(key), Arc::clone(&priced));
        }
        Ok(priced)
    }

    /// Executes a document with cached rows alone, if they are enough.
    async fn answer_from_rows(&self, document: &Priced) -> Option<GraphqlResponse> {
        let version = self.current_version()?.number;
        let (rows, moment, round) = (self.rows(version)?, Arc::new(Moment::now(version)), Round::default());
        let loader = RequestLoader::new(self.sessions.pooled(), round.clone(), Arc::clone(&moment), Some(rows));
        let run = async |executor: &Executor| {
            rounds::run_without_loads(round.clone(), executor.execute(document.to_request().data(Arc::clone(&loader)))).await
        };
        let answer = run(&self.executor).await?;
        let answer = match self.executor_for_paths(&answer) {
            Some(executor) => WholePaths::restore(run(executor).await?),
            None => answer,
        };
        // A version that the answer shows must be the newest.
        (!moment.tells_version()).then(|| GraphqlResponse::executed(answer))
    }

    /// Executes a document against one data version. Executes it again if the version changes during execution.
    async fn answer_at_one_version(
        &self,
        session: &Session,
        document: &Priced,
        statements: &Arc<AtomicUsize>,
    ) -> ServerResult<GraphqlResponse> {
        let failed = |error| Error::from(error).of_answer();
        let mut version = match self.current_version() {
            Some(version) => version.number,
            None => self.newest.get(session).await.map_err(failed)?,
        };
        for _ in 0..MAX_TRIES {
            let moment = Arc::new(Moment::now(version));
            let rows = self.rows(version);
            let answer = self.execute_once(session, document, Arc::clone(&moment), rows.clone(), statements).await;
            let depends_on_data = statements.load(Ordering::Relaxed) > 0 || moment.tells_version();
            if !depends_on_data || answer.has_error(UNAVAILABLE) || answer.has_error(TIMEOUT) {
                return Ok(answer);
            }
            let now = self.newest.refresh(session).await.map_err(failed)?;
            if now == version {
                rows.inspect(RowsOfVersion::keep);
                return Ok(answer);
            }
            version = now;
        }
        tracing::warn!("the data changed during each of {MAX_TRIES} attempts at an answer");
        Err(refusal(UNAVAILABLE, UNAVAILABLE_MESSAGE))
    }

    /// The cached rows of a version, if it is the current one. Rows of an unwatched version would never be invalidated.
    fn rows(&self, version: i64) -> Option<RowsOfVersion> {
        let current = self.current_version().filter(|current| current.number == version)?;
        Some(self.caches.rows.as_ref()?.of_version(current))
    }

    async fn execute_once(
        &self,
        session: &Session,
        document: &Priced,
        moment: Arc<Moment>,
        rows: Option<RowsOfVersion>,
        statements: &Arc<AtomicUsize>,
    ) -> GraphqlResponse {
        let db = count_statements(session, Arc::clone(statements), self.on_statement.clone());
        let round = Round::default();
        let loader = RequestLoader::new(db, round.clone(), moment, rows);
        let run =
            async |executor: &Executor| rounds::run(round.clone(), executor.execute(document.to_request().data(Arc::clone(&loader)))).await;
        let answer = run(&self.executor).await;
        GraphqlResponse::executed(match self.executor_for_paths(&answer) {
            Some(executor) => WholePaths::restore(run(executor).await),
            None => answer,
        })
    }

    /// The executor to execute a request with again, if its errors have cut paths.
    fn executor_for_paths(&self, answer: &Response) -> Option<&Executor> {
        error_path::is_cut(answer).then(|| self.executor_with_paths.get_or_init(|| schema::executor_with_paths(self.limits)))
    }
}

/// Runs a future with a timeout. A timeout or a panic becomes an error.
pub(super) async fn with_timeout<T>(time: Duration, future: impl Future<Output = T>) -> ServerResult<T> {
    match tokio::time::timeout(time, AssertUnwindSafe(future).catch_unwind()).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_panic)) => Err(refusal(INTERNAL, INTERNAL_MESSAGE)),
        Err(_elapsed) => Err(too_long(time)),
    }
}

fn too_long(time: Duration) -> ServerError {
    refusal(TIMEOUT, format!("The answer took longer than {} ms, so it was given up; ask for less at once.", time.as_millis()))
}

fn too_much_work(time: Duration) -> ServerError {
    let time = time.as_millis();
    refusal(TIMEOUT, format!("The work on this answer took longer than {time} ms, so it was given up; ask for less at once."))
}

/// The same session, which counts its statements.
fn count_statements(session: &Session, statements: Arc<AtomicUsize>, on_statement: Option<StatementHook>) -> Session {
    session.on_statement(Arc::new(move |statement| {
        statements.fetch_add(1, Ordering::Relaxed);
        if let Some(on_statement) = &on_statement {
            on_statement(statement);
        }
    }))
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
        assert!(GraphqlResponse::failed(error.clone()).has_error(TIMEOUT));
        assert!(error.message.contains("5 ms"), "{}", error.message);
    }

    #[tokio::test]
    async fn a_panic_is_our_fault_and_stays_here() {
        let error = with_timeout(Duration::from_secs(1), async { panic!("at the disco") }).await.expect_err("no answer");
        assert!(GraphqlResponse::failed(error.clone()).has_error(INTERNAL));
        assert!(!error.message.contains("disco"), "{}", error.message);
    }
}
