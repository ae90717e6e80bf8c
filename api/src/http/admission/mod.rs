//! Admission control: bounds how many requests execute at once, and queues the others fairly. A request that would wait too long is refused
//! before it costs anything.

pub(crate) mod budget;
pub(crate) mod subscribers;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::http::options::Traffic;

/// The permits to execute, and the queue for them. Clones share both.
#[derive(Clone)]
pub(crate) struct Admission(Arc<Shared>);

struct Shared {
    permits: usize,
    max_waiting: usize,
    max_wait: Duration,
    queue: Mutex<Queue>,
    refused: AtomicU64,
}

#[derive(Default)]
struct Queue {
    /// How many requests of each client are executing.
    executing: HashMap<IpAddr, usize>,
    /// In order of arrival.
    waiting: Vec<Waiting>,
}

struct Waiting {
    client: IpAddr,
    admit: oneshot::Sender<Permit>,
}

/// The permit to execute one request; given back when it is dropped.
pub(crate) struct Permit {
    admission: Admission,
    client: IpAddr,
}

/// No permit became free in time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Busy;

impl Admission {
    pub(crate) fn new(traffic: &Traffic) -> Self {
        Self(Arc::new(Shared {
            permits: traffic.answers_at_once(),
            max_waiting: traffic.max_waiting,
            max_wait: traffic.max_wait(),
            queue: Mutex::default(),
            refused: AtomicU64::new(0),
        }))
    }

    /// Waits for a permit.
    pub(crate) async fn enter(&self, client: IpAddr) -> Result<Permit, Busy> {
        let entered = self.wait(client).await;
        if entered.is_err() {
            self.0.refused.fetch_add(1, Ordering::Relaxed);
        }
        entered
    }

    /// How many requests were refused so far.
    pub(crate) fn refused(&self) -> u64 {
        self.0.refused.load(Ordering::Relaxed)
    }

    async fn wait(&self, client: IpAddr) -> Result<Permit, Busy> {
        let admitted = {
            let mut queue = self.queue();
            if queue.waiting.is_empty() && queue.taken() < self.0.permits {
                return Ok(self.permit(&mut queue, client));
            }
            queue.waiting.retain(|waiting| !waiting.admit.is_closed());
            if queue.waiting.len() >= self.0.max_waiting && !queue.makes_room_for(client) {
                return Err(Busy);
            }
            let (admit, admitted) = oneshot::channel();
            queue.waiting.push(Waiting { client, admit });
            admitted
        };
        match tokio::time::timeout(self.0.max_wait, admitted).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Busy),
        }
    }

    /// How many requests are executing, and how many wait.
    pub(crate) fn load(&self) -> (usize, usize) {
        let queue = self.queue();
        (queue.taken(), queue.waiting.len())
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn permit(&self, queue: &mut Queue, client: IpAddr) -> Permit {
        *queue.executing.entry(client).or_default() += 1;
        Permit { admission: self.clone(), client }
    }

    /// Gives the free permits to those who wait.
    fn admit(&self) {
        loop {
            let mut queue = self.queue();
            let Some(waiting) = (queue.taken() < self.0.permits).then(|| queue.next()).flatten() else { return };
            let permit = self.permit(&mut queue, waiting.client);
            drop(queue);
            // If the client has left, the permit is dropped, which calls this again.
            let _ = waiting.admit.send(permit);
        }
    }
}

impl Queue {
    fn taken(&self) -> usize {
        self.executing.values().sum()
    }

    /// Refuses the last request of the client with the most of them, if `client` has fewer.
    fn makes_room_for(&mut self, client: IpAddr) -> bool {
        let mut waiting: HashMap<IpAddr, (usize, usize)> = HashMap::new();
        for (place, request) in self.waiting.iter().enumerate() {
            let (count, last) = waiting.entry(request.client).or_default();
            (*count, *last) = (*count + 1, place);
        }
        let own = waiting.get(&client).map_or(0, |(count, _)| *count);
        let (most, last) = waiting.into_values().max().unwrap_or_default();
        let is_fairer = most > own + 1;
        if is_fairer {
            self.waiting.remove(last);
        }
        is_fairer
    }

    /// The first request of the client with the fewest requests executing.
    fn next(&mut self) -> Option<Waiting> {
        self.waiting.retain(|waiting| !waiting.admit.is_closed());
        let of_client = |waiting: &Waiting| self.executing.get(&waiting.client).copied().unwrap_or_default();
        let (first, _) = self.waiting.iter().enumerate().min_by_key(|(_, waiting)| of_client(waiting))?;
        Some(self.waiting.remove(first))
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut queue = self.admission.queue();
        if let Some(executing) = queue.executing.get_mut(&self.client) {
            *executing -= 1;
            if *executing == 0 {
                queue.executing.remove(&self.client);
            }
        }
        drop(queue);
        self.admission.admit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const B: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn admission(max_answers_at_once: usize, max_waiting: usize, max_waiting_milliseconds: u64) -> Admission {
        Admission::new(&Traffic { max_answers_at_once, max_waiting, max_waiting_milliseconds, ..Traffic::default() })
    }

    /// Lets the tasks that were spawned begin to wait.
    async fn settle() {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_free_permit_admits_the_next() {
        let admission = admission(1, 4, 60_000);
        let first = admission.enter(A).await.expect("a free permit");
        let second = tokio::spawn({
            let admission = admission.clone();
            async move { admission.enter(A).await.map(drop) }
        });
        settle().await;
        assert!(!second.is_finished());
        drop(first);
        assert_eq!(second.await.expect("no panic"), Ok(()));
        assert_eq!(admission.queue().taken(), 0);
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_is_allowed() {
        let admission = admission(1, 4, 10);
        let first = admission.enter(A).await.expect("a free permit");
        assert_eq!(admission.enter(B).await.map(drop), Err(Busy));
        drop(first);
        admission.enter(B).await.expect("a free permit again");
    }

    #[tokio::test]
    async fn a_full_queue_is_shared_among_clients() {
        let admission = admission(1, 4, 60_000);
        let first = admission.enter(A).await.expect("a free permit");
        let wait = |client| {
            let admission = admission.clone();
            tokio::spawn(async move { admission.enter(client).await.map(drop) })
        };
        let mut of_a = Vec::new();
        for _ in 0..4 {
            of_a.push(wait(A));
            settle().await;
        }
        assert_eq!(wait(A).await.expect("no panic"), Err(Busy), "the queue is full");
        let of_b = [wait(B), wait(B)];
        settle().await;
        assert_eq!(wait(B).await.expect("no panic"), Err(Busy), "each has half of it");
        assert!(of_a[3].is_finished() && of_a[2].is_finished(), "the last ones make room");
        drop(first);
        for (waiting, admitted) in of_a.into_iter().zip([Ok(()), Ok(()), Err(Busy), Err(Busy)]) {
            assert_eq!(waiting.await.expect("no panic"), admitted);
        }
        for waiting in of_b {
            assert_eq!(waiting.await.expect("no panic"), Ok(()));
        }
    }

    #[tokio::test]
    async fn the_client_with_the_fewest_requests_is_next() {
        let admission = admission(2, 8, 60_000);
        let held = [admission.enter(A).await.expect("free"), admission.enter(A).await.expect("free")];
        let (order, came) = tokio::sync::mpsc::unbounded_channel();
        let mut came = came;
        for client in [A, A, B] {
            let (admission, order) = (admission.clone(), order.clone());
            tokio::spawn(async move {
                let permit = admission.enter(client).await;
                order.send(client).expect("someone listens");
                std::future::pending::<()>().await;
                drop(permit);
            });
            settle().await;
        }
        let [first, _second] = held;
        drop(first);
        assert_eq!(came.recv().await, Some(B), "although the others came before");
    }

    #[tokio::test]
    async fn a_client_that_left_takes_no_permit() {
        let admission = admission(1, 4, 60_000);
        let first = admission.enter(A).await.expect("a free permit");
        let left = tokio::spawn({
            let admission = admission.clone();
            async move { admission.enter(B).await.map(drop) }
        });
        settle().await;
        left.abort();
        let _ = left.await;
        drop(first);
        tokio::time::timeout(Duration::from_secs(1), admission.enter(A)).await.expect("at once").expect("a free permit");
    }
}
