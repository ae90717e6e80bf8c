//! Subscriptions: the same selection, executed again whenever the data changes.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use futures_util::FutureExt;
use podium_store::{CurrentVersion, KnownVersion};
use tokio::sync::watch;

use super::engine::Engine;
use super::finished::Finished;
use super::prepared::{Operation, Prepared};
use super::request::GraphqlRequest;
use super::response::GraphqlResponse;
use crate::document::{Cost, Priced};

/// A subscription that was opened.
pub(crate) struct Subscription {
    engine: Engine,
    key: Arc<str>,
    priced: Arc<Priced>,
    /// None when data versions are not watched, so that no event is ever due.
    changes: Option<watch::Receiver<Option<KnownVersion>>>,
    /// The client knows of an older version than that at which it subscribed.
    is_behind: bool,
}

impl Engine {
    /// Whether a request is a subscription. False if its document does not parse.
    pub(crate) fn is_subscription(&self, request: &GraphqlRequest) -> bool {
        // Searching for the word is cheaper than parsing the document.
        request.query.contains("subscription")
            && self.prepare(request.key(), request.clone()).is_ok_and(|prepared| is_subscription(&prepared))
    }

    /// Opens a subscription.
    ///
    /// # Errors
    /// The answer, when the document is rejected.
    pub(crate) async fn subscribe(&self, request: GraphqlRequest) -> Result<Subscription, Finished> {
        let key = request.key();
        let prepared = self.prepare(Arc::clone(&key), request).map_err(|refusal| Finished::refused(refusal, Operation::default()))?;
        let priced = self.price(&prepared).await;
        let priced = priced.map_err(|errors| Finished::of(GraphqlResponse::refused(errors), prepared.operation(), None))?;
        let mut changes = self.watched_version().map(CurrentVersion::changes);
        let current = changes.as_mut().and_then(|changes| *changes.borrow_and_update());
        let is_behind =
            priced.text_argument("since").is_some_and(|since| current.is_some_and(|current| current.number.to_string() != since));
        // The key differs from that of the same document as a plain request, which is rejected.
        Ok(Subscription { engine: self.clone(), key: format!("e{key}").into(), priced, changes, is_behind })
    }
}

impl Subscription {
    /// Waits until an event is due; `None` when there will be no more.
    pub(crate) async fn due(&mut self) -> Option<()> {
        if std::mem::take(&mut self.is_behind) {
            return Some(());
        }
        match &mut self.changes {
            Some(changes) => changes.changed().await.ok(),
            None => std::future::pending().await,
        }
    }

    fn operation(&self) -> Operation {
        Operation { name: self.priced.name.clone(), operation_type: OperationType::Subscription }
    }

    /// The event, if an equal subscription was sent it.
    pub(crate) fn cached(&self) -> Option<Arc<Finished>> {
        self.engine.cached(&self.key)
    }

    /// The answer at this moment. Equal subscriptions share one execution. Calls `on_priced` with its cost first.
    pub(crate) async fn event(&self, on_priced: impl FnOnce(Cost) + Send) -> Arc<Finished> {
        let make = async {
            on_priced(self.priced.cost);
            let answer = self.engine.answer(Arc::clone(&self.priced)).boxed().await;
            Arc::new(Finished::of(answer, self.operation(), Some(self.priced.cost)))
        };
        self.engine.once(&self.key, make).await
    }
}

fn is_subscription(prepared: &Prepared) -> bool {
    prepared.operation().operation_type == OperationType::Subscription
}
