//! Answers the request of a client, whichever way it came: with the answer that is kept, or when it is its turn with a new one.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;

use super::App;
use super::admission::{Busy, Place};
use super::outcome::Outcome;
use super::refusal::Refusal;
use crate::answer::{Engine, Events, Finished, GraphqlRequest, Operation};

/// What a client gets: one answer, or one for each event.
pub(super) enum Opened {
    Answer(Outcome, Arc<Finished>),
    Events(Events),
}

/// Answers a request.
///
/// # Errors
/// When the client has asked for too much, or the database is away.
pub(super) async fn answer(
    app: &App,
    engine: &Engine,
    client: IpAddr,
    request: GraphqlRequest,
) -> Result<(Outcome, Arc<Finished>), Refusal> {
    let key = request.key();
    if let Some(answer) = engine.cached(&key) {
        let operation = answer.operation.name.clone();
        return Ok((Outcome { operation, is_cached: true, ..Outcome::default() }, answer));
    }
    if engine.is_lost() {
        return Err(Refusal::lost());
    }
    let named = Operation { name: request.operation_name.clone().filter(|name| is_name(name)), ..Operation::default() };
    let _place = turn(app, client).await?;
    let make = async {
        Arc::new(match engine.prepare(Arc::clone(&key), request) {
            // Charged before it is answered, so that nobody saves anything by leaving.
            Ok(prepared) => engine.finish(prepared, |cost| app.budgets().charge(client, cost.complexity)).await,
            Err(refusal) => Finished::refused(refusal, named),
        })
    };
    let answer = engine.once(&key, make.boxed()).await;
    let (operation, codes, statements) = (answer.operation.name.clone(), answer.codes(), answer.statements);
    Ok((Outcome { operation, codes, statements, is_cached: false }, answer))
}

/// Waits until it is a client's turn, if it has anything left of its budget.
async fn turn(app: &App, client: IpAddr) -> Result<Place, Refusal> {
    app.budgets().check(client).map_err(Refusal::over_budget)?;
    let place = app.admit(client).await.map_err(|Busy| Refusal::busy())?;
    // Other requests of the client may have spent the rest meanwhile.
    app.budgets().check(client).map_err(Refusal::over_budget)?;
    Ok(place)
}

/// Turns a panic while handling a request into an internal server error.
pub(super) async fn catch_panic<T>(answering: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    AssertUnwindSafe(answering).catch_unwind().await.unwrap_or_else(|_panic| Err(Refusal::internal()))
}

/// Answers a request of a client that can be sent events.
///
/// # Errors
/// As `answer`.
pub(super) async fn open(app: &App, engine: &Engine, client: IpAddr, request: GraphqlRequest) -> Result<Opened, Refusal> {
    if !engine.is_subscription(&request) {
        return answer(app, engine, client, request).await.map(|(outcome, answer)| Opened::Answer(outcome, answer));
    }
    let _place = turn(app, client).await?;
    Ok(match engine.subscribe(request).await {
        Ok(events) => Opened::Events(events),
        Err(refused) => {
            let outcome = Outcome { operation: refused.operation.name.clone(), codes: refused.codes(), ..Outcome::default() };
            Opened::Answer(outcome, Arc::new(refused))
        }
    })
}

/// Only a valid name is logged, not whatever the client sent as one.
fn is_name(name: &str) -> bool {
    name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Outcome {
    /// Counts a request, and writes its one line to the log.
    pub(super) fn record(&self, app: &App, status: u16, started: Instant, request_id: &str) {
        app.metrics().count(self, status, started.elapsed());
        tracing::info!(
            operation = self.operation.as_deref().unwrap_or_default(),
            status,
            statements = self.statements,
            cached = self.is_cached,
            milliseconds = started.elapsed().as_secs_f64() * 1000.0,
            request_id,
            "answered"
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
