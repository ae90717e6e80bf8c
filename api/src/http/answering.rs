//! Answers the request of a client, whichever way it came: with the answer that is kept, or when it is its turn with a new one.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt;

use super::App;
use super::admission::Busy;
use super::outcome::Outcome;
use super::refusal::{BUSY, Refusal};
use crate::answer::{Engine, Events, Finished, GraphqlRequest, Operation};
use crate::error::{UNAVAILABLE, refusal};

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
    app.budgets().check(client).map_err(Refusal::overspent)?;
    let named = Operation { name: request.operation_name.clone().filter(|name| is_name(name)), ..Operation::default() };
    // One of those who ask the same waits for a turn; the others wait for it.
    let make = async {
        let Ok(_place) = app.admit(client).await else {
            return Arc::new(Finished::refused(refusal(UNAVAILABLE, BUSY), named));
        };
        let answer = match engine.prepare(Arc::clone(&key), request) {
            Ok(prepared) => engine.finish(prepared).await,
            Err(refusal) => Finished::refused(refusal, named),
        };
        app.budgets().charge(client, answer.cost.map_or(0, |cost| cost.complexity));
        Arc::new(answer)
    };
    let answer = engine.once(&key, make.boxed()).await;
    let (operation, codes, statements) = (answer.operation.name.clone(), answer.codes(), answer.statements);
    Ok((Outcome { operation, codes, statements, is_cached: false }, answer))
}

/// Answers a request of a client that can be sent events.
///
/// # Errors
/// As `answer`.
pub(super) async fn open(app: &App, engine: &Engine, client: IpAddr, request: GraphqlRequest) -> Result<Opened, Refusal> {
    if !engine.is_subscription(&request) {
        return answer(app, engine, client, request).await.map(|(outcome, answer)| Opened::Answer(outcome, answer));
    }
    app.budgets().check(client).map_err(Refusal::overspent)?;
    let _place = app.admit(client).await.map_err(|Busy| Refusal::busy())?;
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
