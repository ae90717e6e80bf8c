//! Subscriptions: the answer to the same selection, made anew whenever the data changes.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};

use super::engine::Engine;
use super::finished::Finished;
use super::prepared::{Operation, Prepared};
use super::request::GraphqlRequest;
use super::response::Answer;
use crate::document::Priced;

/// The events of a subscription.
pub(crate) type Events = BoxStream<'static, Arc<Finished>>;

/// A subscription that was opened.
struct Subscribed {
    engine: Engine,
    key: Arc<str>,
    priced: Arc<Priced>,
}

impl Engine {
    /// Whether a request is a subscription. One that cannot be read is none.
    pub(crate) fn is_subscription(&self, request: &GraphqlRequest) -> bool {
        // The word is cheaper to find than the document is to read.
        request.query.contains("subscription")
            && self.prepare(request.key(), request.clone()).is_ok_and(|prepared| is_subscription(&prepared))
    }

    /// Opens a subscription.
    ///
    /// # Errors
    /// The answer, when the document is rejected.
    pub(crate) async fn subscribe(&self, request: GraphqlRequest) -> Result<Events, Finished> {
        let key = request.key();
        let prepared = self.prepare(Arc::clone(&key), request).map_err(|refusal| Finished::refused(refusal, Operation::default()))?;
        let priced = self.price(&prepared).await;
        let priced = priced.map_err(|errors| Finished::of(Answer::refused(errors), prepared.operation(), None))?;
        let Some(version) = self.watched_version() else { return Ok(stream::pending().boxed()) };
        let mut changes = version.changes();
        let current = *changes.borrow_and_update();
        let is_behind =
            priced.text_argument("since").is_some_and(|since| current.is_some_and(|current| current.number.to_string() != since));
        // The same document sent by POST is rejected, so its key must be another.
        let subscribed = Subscribed { engine: self.clone(), key: format!("e{key}").into(), priced };
        let next = move |(subscribed, mut changes, is_behind): (Subscribed, tokio::sync::watch::Receiver<_>, bool)| async move {
            if !is_behind {
                changes.changed().await.ok()?;
            }
            Some((subscribed.event().await, (subscribed, changes, false)))
        };
        Ok(stream::unfold((subscribed, changes, is_behind), next).boxed())
    }
}

impl Subscribed {
    /// The answer at this moment, made once for all equal subscriptions.
    async fn event(&self) -> Arc<Finished> {
        let operation = Operation { name: self.priced.name.clone(), operation_type: OperationType::Subscription };
        let make = async {
            let answer = self.engine.answer(Arc::clone(&self.priced)).boxed().await;
            Arc::new(Finished::of(answer, operation, Some(self.priced.cost)))
        };
        self.engine.once(&self.key, make).await
    }
}

fn is_subscription(prepared: &Prepared) -> bool {
    prepared.operation().operation_type == OperationType::Subscription
}
