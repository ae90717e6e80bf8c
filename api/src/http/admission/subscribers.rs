//! The slots of the clients that receive events, over WebSockets and as server-sent events. Clients share them fairly; all end when the
//! server stops.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// The slots of all subscribers. Clones share them.
#[derive(Clone)]
pub(crate) struct Subscribers(Arc<Mutex<Slots>>);

struct Slots {
    max: usize,
    /// By number, which grows.
    taken: HashMap<u64, Taken>,
    last_number: u64,
    refused: u64,
    is_stopped: bool,
}

struct Taken {
    client: IpAddr,
    ended: watch::Sender<Option<Ended>>,
}

/// Why a subscriber ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    ServerStops,
    /// A client with fewer slots took this one.
    Evicted,
}

/// The slot of one subscriber; free again when it is dropped.
pub(crate) struct Subscriber {
    slots: Subscribers,
    number: u64,
    ended: watch::Receiver<Option<Ended>>,
}

impl Subscribers {
    pub(crate) fn new(max: usize) -> Self {
        Self(Arc::new(Mutex::new(Slots { max, taken: HashMap::new(), last_number: 0, refused: 0, is_stopped: false })))
    }

    /// A slot. When all are taken, the client with the most of them loses its last one to a client with fewer; otherwise `None`.
    pub(crate) fn take(&self, client: IpAddr) -> Option<Subscriber> {
        let mut slots = self.slots();
        if slots.taken.len() >= slots.max && !slots.make_room_for(client) {
            slots.refused += 1;
            return None;
        }
        slots.last_number += 1;
        let (number, ended) = (slots.last_number, watch::Sender::new(slots.is_stopped.then_some(Ended::ServerStops)));
        let subscriber = Subscriber { slots: self.clone(), number, ended: ended.subscribe() };
        slots.taken.insert(number, Taken { client, ended });
        Some(subscriber)
    }

    pub(crate) fn count(&self) -> usize {
        self.slots().taken.len()
    }

    /// How many were refused or evicted so far.
    pub(crate) fn refused(&self) -> u64 {
        self.slots().refused
    }

    /// Ends all of them.
    pub(crate) fn stop(&self) {
        let mut slots = self.slots();
        slots.is_stopped = true;
        for taken in slots.taken.values() {
            taken.ended.send_replace(Some(Ended::ServerStops));
        }
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slots {
    fn make_room_for(&mut self, client: IpAddr) -> bool {
        let mut counts: HashMap<IpAddr, (usize, u64)> = HashMap::new();
        for (&number, taken) in &self.taken {
            let (count, last) = counts.entry(taken.client).or_default();
            (*count, *last) = (*count + 1, number.max(*last));
        }
        let own = counts.get(&client).map_or(0, |(count, _)| *count);
        let (most, last) = counts.into_values().max().unwrap_or_default();
        if most <= own + 1 {
            return false;
        }
        if let Some(taken) = self.taken.remove(&last) {
            taken.ended.send_replace(Some(Ended::Evicted));
            self.refused += 1;
        }
        true
    }
}

impl Subscriber {
    /// Resolves when the subscriber must end.
    pub(crate) async fn ended(&mut self) -> Ended {
        let ended = self.ended.wait_for(Option::is_some).await;
        ended.ok().and_then(|ended| *ended).unwrap_or(Ended::Evicted)
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        self.slots.slots().taken.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const A: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const B: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[tokio::test]
    async fn slots_are_shared_among_clients() {
        let subscribers = Subscribers::new(3);
        let mut of_a: Vec<_> = (0..3).map(|_| subscribers.take(A).expect("a free slot")).collect();
        assert!(subscribers.take(A).is_none(), "all are taken");
        let of_b = subscribers.take(B).expect("A has three of three");
        assert_eq!(of_a[2].ended().await, Ended::Evicted);
        assert!(subscribers.take(B).is_none(), "A has only one more");
        assert_eq!((subscribers.count(), subscribers.refused()), (3, 3));
        drop((of_a.pop(), of_b));
        assert_eq!(subscribers.count(), 2);
        let mut again = subscribers.take(A).expect("a free slot");
        subscribers.stop();
        assert_eq!((again.ended().await, of_a[0].ended().await), (Ended::ServerStops, Ended::ServerStops));
    }

    #[test]
    fn without_slots_nobody_subscribes() {
        assert!(Subscribers::new(0).take(A).is_none());
    }
}
