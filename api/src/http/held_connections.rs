//! The connections that are held. When there are too many, the one that has been of no use the longest is let go for a new one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long a connection must have been silent to be let go for another.
const SILENT: Duration = Duration::from_secs(1);

/// The connections that are held, of which there is a maximum. Clones share them.
#[derive(Clone)]
pub(super) struct Held(Arc<Shared>);

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

/// What a connection does.
#[derive(Default)]
struct Activity {
    /// When it was last of use, in milliseconds since the server began: when it began, a request came or was answered.
    used: AtomicU64,
    /// How many of its requests, read as a whole, are being answered.
    answering: AtomicUsize,
    let_go: Notify,
}

/// The place of one connection; free again when the last clone is dropped.
#[derive(Clone)]
pub(super) struct Place(Arc<Holding>);

struct Holding {
    held: Held,
    number: u64,
    activity: Arc<Activity>,
}

/// A request of a connection, while it is answered.
pub(super) struct Answering(Place);

impl Held {
    pub(super) fn new(max: usize) -> Self {
        Self(Arc::new(Shared { max, begun: Instant::now(), connections: Mutex::default(), refused: AtomicU64::new(0) }))
    }

    /// How many connections are held.
    pub(super) fn count(&self) -> usize {
        self.connections().by_number.len()
    }

    /// How many found no place so far.
    pub(super) fn refused(&self) -> u64 {
        self.0.refused.load(Ordering::Relaxed)
    }

    /// A place for a new connection; none when all others are in use.
    pub(super) fn take(&self) -> Option<Place> {
        let place = self.find();
        if place.is_none() {
            self.0.refused.fetch_add(1, Ordering::Relaxed);
        }
        place
    }

    fn find(&self) -> Option<Place> {
        let mut connections = self.connections();
        if connections.by_number.len() >= self.0.max {
            let longest = connections.silent_until(self.now().saturating_sub(milliseconds(SILENT)))?;
            connections.by_number.remove(&longest)?.let_go.notify_one();
        }
        let activity = Arc::new(Activity { used: self.now().into(), ..Activity::default() });
        connections.last_number += 1;
        let number = connections.last_number;
        connections.by_number.insert(number, Arc::clone(&activity));
        Some(Place(Arc::new(Holding { held: self.clone(), number, activity })))
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.0.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        milliseconds(self.0.begun.elapsed())
    }
}

impl Connections {
    /// The connection that has been silent the longest, at least since a time.
    fn silent_until(&self, latest: u64) -> Option<u64> {
        let silent = self.by_number.iter().filter(|(_, activity)| activity.answering.load(Ordering::Relaxed) == 0);
        let used = silent.map(|(number, activity)| (activity.used.load(Ordering::Relaxed), *number));
        used.min().filter(|(used, _)| *used <= latest).map(|(_, number)| number)
    }
}

impl Place {
    /// A request came. Single bytes, or the signs of life of HTTP/2, are of no use.
    pub(super) fn used(&self) {
        self.0.activity.used.store(self.0.held.now(), Ordering::Relaxed);
    }

    /// A request was read as a whole, and is being answered.
    pub(super) fn answering(self) -> Answering {
        self.0.activity.answering.fetch_add(1, Ordering::Relaxed);
        Answering(self)
    }

    /// Resolves when the connection must make room for another.
    pub(super) async fn let_go(&self) {
        self.0.activity.let_go.notified().await;
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        self.held.connections().by_number.remove(&self.number);
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

    /// Makes a connection as if it had not been used since the server began, which is long ago.
    fn silence(place: &Place) {
        place.0.activity.used.store(0, Ordering::Relaxed);
    }

    fn held(max: usize) -> Held {
        let begun = Instant::now().checked_sub(Duration::from_mins(1)).expect("the machine runs for a minute");
        Held(Arc::new(Shared { max, begun, connections: Mutex::default(), refused: AtomicU64::new(0) }))
    }

    #[tokio::test]
    async fn the_longest_silent_one_makes_room() {
        let held = held(2);
        let (first, second) = (held.take().expect("room"), held.take().expect("room"));
        assert!(held.take().is_none(), "both were active just now");
        silence(&second);
        let third = held.take().expect("the second makes room");
        second.let_go().await;
        drop(second);
        assert!(held.take().is_none());
        silence(&first);
        let answering = first.clone().answering();
        assert!(held.take().is_none(), "an answer is being made for it");
        drop(answering);
        assert!(held.take().is_none(), "it was active just now");
        drop(third);
        held.take().expect("room");
    }
}
