//! Executes a request in rounds. In each round, resolvers run until they can only wait for loads; then all loads are sent together. Sibling
//! loads always share a batch, so the number of statements depends only on the document, never on which connection was faster.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use async_graphql::runtime::Timer;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all, poll_fn};
use futures_util::task::{AtomicWaker, FutureObj, Spawn, SpawnError};

/// The batches that wait for the end of a round. The `DataLoader` of a request uses it as its spawner: batches are spawned here.
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

/// A `DataLoader` delay of zero: a batch waits for the end of its round, not for a timer.
pub(crate) struct NoDelay;

impl Timer for NoDelay {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        std::future::ready(()).boxed()
    }
}

/// Runs a request to completion, round by round.
pub(crate) async fn run<T>(round: Round, request: impl Future<Output = T>) -> T {
    let mut request = pin!(request);
    loop {
        match until_it_waits(&round, request.as_mut()).await {
            Some(answer) => return answer,
            None => join_all(round.take()).await,
        };
    }
}

/// Runs a request to completion if it needs no load; else none of its loads is sent.
pub(crate) async fn run_without_loads<T>(round: Round, request: impl Future<Output = T>) -> Option<T> {
    until_it_waits(&round, pin!(request)).await
}

/// Polls a request until it completes, or until it waits only for its loads (`None`).
async fn until_it_waits<T>(round: &Round, mut request: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    poll_fn(|context| {
        woken.outer.register(context.waker());
        woken.itself.store(false, Ordering::Relaxed);
        match request.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(answer) => Poll::Ready(Some(answer)),
            // The request woke itself, as long lists do: it has more to do before it needs the rows that it waits for. The outer task is awake too.
            Poll::Pending if woken.itself.load(Ordering::Relaxed) => Poll::Pending,
            Poll::Pending if round.0.lock().is_ok_and(|batches| batches.is_empty()) => Poll::Pending,
            Poll::Pending => Poll::Ready(None),
        }
    })
    .await
}

/// Whether the request was woken since its last poll, and the waker of the outer task.
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use async_graphql::dataloader::{DataLoader, Loader, NoCache};

    use super::*;

    /// The batches that were sent, in their order.
    #[derive(Clone, Default)]
    struct Store(Arc<Mutex<Vec<Vec<u32>>>>);

    impl Loader<u32> for Store {
        type Value = u32;
        type Error = &'static str;

        /// Doubles each key; 13 fails its batch.
        async fn load(&self, keys: &[u32]) -> Result<HashMap<u32, u32>, Self::Error> {
            let mut batch = keys.to_vec();
            batch.sort_unstable();
            self.0.lock().expect("no test panics in here").push(batch);
            // A store answers later, from elsewhere.
            tokio::task::spawn(async { tokio::task::yield_now().await }).await.expect("the task ends");
            if keys.contains(&13) {
                return Err("13");
            }
            Ok(keys.iter().map(|key| (*key, key * 2)).collect())
        }
    }

    /// A request that may load.
    struct Request {
        loader: DataLoader<Store, NoCache>,
    }

    impl Request {
        async fn load(&self, key: u32) -> Result<u32, &'static str> {
            self.loader.load_one(key).await.map(Option::unwrap_or_default)
        }
    }

    /// The result of a request, and the batches it sent.
    async fn answer<T, F: Future<Output = T>>(request: impl FnOnce(Arc<Request>) -> F) -> (T, Vec<Vec<u32>>) {
        let (round, store) = (Round::default(), Store::default());
        let loader = DataLoader::new(store.clone(), round.clone(), NoDelay);
        let answer = tokio::time::timeout(Duration::from_secs(5), run(round, request(Arc::new(Request { loader })))).await;
        let batches = store.0.lock().expect("no test panics in here").clone();
        (answer.expect("the request ends"), batches)
    }

    #[tokio::test]
    async fn what_loads_nothing_takes_no_round() {
        assert_eq!(answer(|_| async { 7 }).await, (7, vec![]));
    }

    #[tokio::test]
    async fn siblings_meet_in_one_batch() {
        let (doubled, batches) = answer(|request| async move { join_all((100..200).map(|key| request.load(key))).await }).await;
        assert_eq!(doubled, (100..200).map(|key| Ok(key * 2)).collect::<Vec<_>>());
        assert_eq!(batches, [(100..200).collect::<Vec<_>>()]);
    }

    #[tokio::test]
    async fn what_lies_below_waits_for_its_siblings() {
        let (doubled, batches) =
            answer(|request| async move { join_all([1, 2, 3].map(async |key| request.load(request.load(key).await? + 100).await)).await })
                .await;
        assert_eq!(doubled, [Ok(204), Ok(208), Ok(212)]);
        assert_eq!(batches, [vec![1, 2, 3], vec![102, 104, 106]]);
    }

    #[tokio::test]
    async fn a_resolver_that_pauses_still_meets_its_siblings() {
        let (_, batches) = answer(|request| async move {
            let paused = async {
                let mut left = 10;
                // As the executor does in long lists: yields, and asks to be polled again.
                poll_fn(|context| {
                    left -= 1;
                    context.waker().wake_by_ref();
                    if left == 0 { Poll::Ready(()) } else { Poll::Pending }
                })
                .await;
                request.load(2).await
            };
            join_all([request.load(1).boxed(), paused.boxed(), request.load(3).boxed()]).await
        })
        .await;
        assert_eq!(batches, [vec![1, 2, 3]]);
    }

    #[tokio::test]
    async fn a_batch_that_fails_fails_its_keys_and_nothing_waits_for_ever() {
        let (answers, batches) = answer(|request| async move {
            let first = join_all([13, 14].map(|key| request.load(key))).await;
            (first, request.load(1).await)
        })
        .await;
        assert_eq!(answers, (vec![Err("13"), Err("13")], Ok(2)));
        assert_eq!(batches, [vec![13, 14], vec![1]]);
    }

    #[tokio::test]
    async fn a_request_may_wait_for_something_else_than_its_loads() {
        let (answered, batches) = answer(|request| async move {
            let elsewhere = tokio::task::spawn(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                5
            });
            let key = elsewhere.await.expect("the task ends");
            request.load(key).await
        })
        .await;
        assert_eq!((answered, batches), (Ok(10), vec![vec![5]]));
    }
}
