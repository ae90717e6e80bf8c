//! The slots of the open connections. When all are taken, a new connection evicts the one that has been idle the longest.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long a connection must have been idle to be evicted.
const IDLE: Duration = Duration::from_secs(1);

/// The slots of all connections. Clones share them.
#[derive(Clone)]
pub(crate) struct ConnectionSlots(Arc<Shared>);

struct Shared {
    max: usize,
    begun: Instant,
    connections: Mutex<Connections>,
    refused: AtomicU64,
}

#[derive(Default)]
struct Connections {
    by_number: HashMap<u64, Arc<Activity>>,
    last_number: u64,
}

/// The activity of a connection.
#[derive(Default)]
struct Activity {
    /// When it was last used, in milliseconds since the start of the server: opened, or a request began or ended.
    used: AtomicU64,
    /// How many of its requests are being answered.
    answering: AtomicUsize,
    evicted: Notify,
}

/// The slot of one connection; free again when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Slot(Arc<Taken>);

struct Taken {
    slots: ConnectionSlots,
    number: u64,
    activity: Arc<Activity>,
}

/// A request of a connection that is being answered.
pub(crate) struct Answering(Slot);

impl ConnectionSlots {
    pub(crate) fn new(max: usize) -> Self {
        Self(Arc::new(Shared { max, begun: Instant::now(), connections: Mutex::default(), refused: AtomicU64::new(0) }))
    }

    /// How many connections are open.
    pub(crate) fn count(&self) -> usize {
        self.connections().by_number.len()
    }

    /// How many connections were refused so far.
    pub(crate) fn refused(&self) -> u64 {
        self.0.refused.load(Ordering::Relaxed)
    }

    /// A slot for a new connection; `None` when all others are in use.
    pub(crate) fn take(&self) -> Option<Slot> {
        let slot = self.find();
        if slot.is_none() {
            self.0.refused.fetch_add(1, Ordering::Relaxed);
        }
        slot
    }

    fn find(&self) -> Option<Slot> {
        let mut connections = self.connections();
        if connections.by_number.len() >= self.0.max {
            let longest = connections.idle_since(self.now().saturating_sub(milliseconds(IDLE)))?;
            connections.by_number.remove(&longest)?.evicted.notify_one();
        }
        let activity = Arc::new(Activity { used: self.now().into(), ..Activity::default() });
        connections.last_number += 1;
        let number = connections.last_number;
        connections.by_number.insert(number, Arc::clone(&activity));
        Some(Slot(Arc::new(Taken { slots: self.clone(), number, activity })))
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.0.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        milliseconds(self.0.begun.elapsed())
    }
}

impl Connections {
    /// The connection that has been idle the longest, at least since `latest`.
    fn idle_since(&self, latest: u64) -> Option<u64> {
        let idle = self.by_number.iter().filter(|(_, activity)| activity.answering.load(Ordering::Relaxed) == 0);
        let used = idle.map(|(number, activity)| (activity.used.load(Ordering::Relaxed), *number));
        used.min().filter(|(used, _)| *used <= latest).map(|(_, number)| number)
    }
}

impl Slot {
    /// A request began. Partial requests and HTTP/2 pings do not count.
    pub(crate) fn used(&self) {
        self.0.activity.used.store(self.0.slots.now(), Ordering::Relaxed);
    }

    /// A whole request was read, and is being answered until the result is dropped.
    pub(crate) fn answering(self) -> Answering {
        self.0.activity.answering.fetch_add(1, Ordering::Relaxed);
        Answering(self)
    }

    /// Resolves when the connection is evicted.
    pub(crate) async fn evicted(&self) {
        self.0.activity.evicted.notified().await;
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.slots.connections().by_number.remove(&self.number);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.used();
        self.0.0.activity.answering.fetch_sub(1, Ordering::Relaxed);
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a connection look unused since the server started, which is long ago.
    fn make_idle(slot: &Slot) {
        slot.0.activity.used.store(0, Ordering::Relaxed);
    }

    fn slots(max: usize) -> ConnectionSlots {
        let begun = Instant::now().checked_sub(Duration::from_mins(1)).expect("the machine runs for a minute");
        ConnectionSlots(Arc::new(Shared { max, begun, connections: Mutex::default(), refused: AtomicU64::new(0) }))
    }

    #[tokio::test]
    async fn the_longest_idle_one_is_evicted() {
        let slots = slots(2);
        let (first, second) = (slots.take().expect("room"), slots.take().expect("room"));
        assert!(slots.take().is_none(), "both were active just now");
        make_idle(&second);
        let third = slots.take().expect("the second makes room");
        second.evicted().await;
        drop(second);
        assert!(slots.take().is_none());
        make_idle(&first);
        let answering = first.clone().answering();
        assert!(slots.take().is_none(), "an answer is being made for it");
        drop(answering);
        assert!(slots.take().is_none(), "it was active just now");
        drop(third);
        slots.take().expect("room");
    }
}
