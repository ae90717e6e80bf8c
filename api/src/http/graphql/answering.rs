//! Answers the requests of every transport: from the cache, or by executing them once they are admitted.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::ServerError;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};

use super::CLIENT_LEFT;
use crate::answer::{Engine, Finished, GraphqlRequest, Operation, Subscription};
use crate::error::{code, limit};
use crate::http::admission::{Busy, Permit};
use crate::http::app::App;
use crate::http::monitoring::outcome::Outcome;
use crate::http::monitoring::request_id::RequestId;
use crate::http::refusal::Refusal;

/// The reply to a request: one answer, or one for each event.
pub(crate) enum Reply {
    Answer(Outcome, Arc<Finished>),
    Events(BoxStream<'static, Arc<Finished>>),
}

/// When an event that was not admitted tries again.
const EVENT_RETRY: Duration = Duration::from_millis(100);

/// Answers a request.
///
/// # Errors
/// When the client has spent its budget, the server is busy, or the database is unreachable.
pub(crate) async fn answer(
    app: &App,
    engine: &Engine,
    client: IpAddr,
    request: GraphqlRequest,
) -> Result<(Outcome, Arc<Finished>), Refusal> {
    let key = request.key();
    if let Some(answer) = engine.cached(&key) {
        return Ok((Outcome::of_cached(&answer), answer));
    }
    if engine.is_lost() {
        return Err(Refusal::lost());
    }
    let named = Operation { name: request.operation_name.clone().filter(|name| is_name(name)), ..Operation::default() };
    let _permit = admit(app, client).await?;
    let execute = async {
        Arc::new(match engine.prepare(Arc::clone(&key), request) {
            // Charged before it is executed, so that a client saves nothing by leaving.
            Ok(prepared) => engine.finish(prepared, |cost| app.budgets().charge(client, cost.complexity)).await,
            Err(refusal) => Finished::refused(refusal, named),
        })
    };
    let answer = engine.once(&key, execute.boxed()).await;
    Ok((Outcome::of(&answer), answer))
}

/// Waits for a permit to execute a request of a client that has budget left.
async fn admit(app: &App, client: IpAddr) -> Result<Permit, Refusal> {
    app.budgets().check(client).map_err(Refusal::over_budget)?;
    let permit = app.admit(client).await.map_err(|Busy| Refusal::busy())?;
    // Other requests of the client may have spent the rest meanwhile.
    app.budgets().check(client).map_err(Refusal::over_budget)?;
    Ok(permit)
}

/// As `admit`, and charges a complexity that is known beforehand.
pub(crate) async fn admit_and_charge(app: &App, client: IpAddr, complexity: u64) -> Result<Permit, Refusal> {
    let permit = admit(app, client).await?;
    app.budgets().charge(client, complexity);
    Ok(permit)
}

/// Turns a panic while handling a request into an internal server error.
pub(crate) async fn catch_panic<T>(answering: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    AssertUnwindSafe(answering).catch_unwind().await.unwrap_or_else(|_panic| Err(Refusal::internal()))
}

/// Answers a request of a client that can receive events. Each event is recorded as an answer to the request.
///
/// # Errors
/// As `answer`.
pub(crate) async fn answer_or_subscribe(
    app: &App,
    engine: &Engine,
    client: IpAddr,
    request: GraphqlRequest,
    request_id: &RequestId,
) -> Result<Reply, Refusal> {
    if !engine.is_subscription(&request) {
        return answer(app, engine, client, request).await.map(|(outcome, answer)| Reply::Answer(outcome, answer));
    }
    let _permit = admit(app, client).await?;
    Ok(match engine.subscribe(request).await {
        Ok(subscription) => {
            tracing::info!(request_id = &**request_id, "subscribed to events");
            Reply::Events(events(app.clone(), client, subscription, request_id.clone()))
        }
        Err(refused) => Reply::Answer(Outcome::of(&refused), Arc::new(refused)),
    })
}

/// The events of a subscription.
fn events(app: App, client: IpAddr, subscription: Subscription, request_id: RequestId) -> BoxStream<'static, Arc<Finished>> {
    let next = move |mut subscription: Subscription| {
        let (app, request_id) = (app.clone(), request_id.clone());
        async move {
            subscription.due().await?;
            let due = Instant::now();
            let (outcome, event) = event(&app, client, &subscription).await;
            outcome.record(&app, 200, due, &request_id);
            Some((event, subscription))
        }
    };
    stream::unfold(subscription, next).boxed()
}

/// Executes an event once it is admitted. One that is refused is tried again: without it, the client would show old data.
async fn event(app: &App, client: IpAddr, subscription: &Subscription) -> (Outcome, Arc<Finished>) {
    loop {
        if let Some(event) = subscription.cached() {
            return (Outcome::of_cached(&event), event);
        }
        match admit(app, client).await {
            Ok(_permit) => {
                let event = subscription.event(|cost| app.budgets().charge(client, cost.complexity)).await;
                return (Outcome::of(&event), event);
            }
            Err(refusal) => tokio::time::sleep(refusal.retry_after().unwrap_or(EVENT_RETRY)).await,
        }
    }
}

/// Only a valid name is logged, not whatever the client sent as one.
fn is_name(name: &str) -> bool {
    name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Outcome {
    fn of(answer: &Finished) -> Self {
        let texts = |text: fn(&ServerError) -> Option<&str>| answer.errors().iter().filter_map(text).map(str::to_owned).collect();
        Self {
            operation: answer.operation.name.clone(),
            codes: texts(code),
            limits: texts(limit),
            complexity: answer.cost.map(|cost| cost.complexity),
            statements: answer.statements,
            is_cached: false,
        }
    }

    fn of_cached(answer: &Finished) -> Self {
        Self { operation: answer.operation.name.clone(), is_cached: true, ..Self::default() }
    }

    /// Counts a request, traces it, and writes its one line to the log.
    pub(crate) fn record(&self, app: &App, status: u16, started: Instant, request_id: &RequestId) {
        let took = started.elapsed();
        app.metrics().count(self, status, took);
        if let Some(tracer) = app.tracer() {
            request_id.record_span(tracer, self, status, took);
        }
        let end = if status == CLIENT_LEFT { "the client left" } else { "answered" };
        tracing::info!(
            operation = self.operation.as_deref().unwrap_or_default(),
            status,
            statements = self.statements,
            cached = self.is_cached,
            milliseconds = took.as_secs_f64() * 1000.0,
            request_id = &**request_id,
            "{end}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_as_our_fault() {
        assert_eq!(catch_panic(async { panic!("at the disco") }).await, Err::<(), _>(Refusal::internal()));
        assert_eq!(catch_panic(async { Ok(7) }).await, Ok(7));
    }
}
