//! Answering in rounds: the loads that a document asks for are collected while its resolvers run as far as they can,
//! then sent together. Siblings always meet in one batch, so the number of statements depends on the document alone,
//! never on which connection happened to be faster.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use async_graphql::runtime::Timer;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all, poll_fn};
use futures_util::task::{AtomicWaker, FutureObj, Spawn, SpawnError};

/// The loads waiting for the end of a round; given to the loaders of a request as the place to run their batches.
#[derive(Clone, Default)]
pub(crate) struct Round(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Round {
    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Spawn for Round {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
        Ok(())
    }
}

/// A batch waits for its round, not for a clock.
pub(crate) struct NoDelay;

impl Timer for NoDelay {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        std::future::ready(()).boxed()
    }
}

/// Runs a request to its end, round after round.
pub(crate) async fn run<T>(round: Round, request: impl Future<Output = T>) -> T {
    let mut request = pin!(request);
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    loop {
        // As far as it goes without its loads; `None` when it stands still because of them.
        let answer = poll_fn(|context| {
            woken.outer.register(context.waker());
            woken.itself.store(false, Ordering::Relaxed);
            match request.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(answer) => Poll::Ready(Some(answer)),
                // It has more to do before it stands still, as lists of many siblings have; whoever waits for it is awake.
                Poll::Pending if woken.itself.load(Ordering::Relaxed) => Poll::Pending,
                Poll::Pending if round.0.lock().is_ok_and(|batches| batches.is_empty()) => Poll::Pending,
                Poll::Pending => Poll::Ready(None),
            }
        });
        match answer.await {
            Some(answer) => return answer,
            None => join_all(round.take()).await,
        };
    }
}

/// Whether a request has been woken since it was last polled, and who is to be told.
#[derive(Default)]
struct Woken {
    itself: AtomicBool,
    outer: AtomicWaker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.itself.store(true, Ordering::Relaxed);
        self.outer.wake();
    }
}
