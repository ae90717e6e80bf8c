//! Clients that listen for events, over WebSockets and as server-sent events. There is a maximum, which clients share; all are let go when
//! the server stops.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// The places of clients that listen. Clones share them.
#[derive(Clone)]
pub(super) struct Subscribers(Arc<Mutex<Places>>);

struct Places {
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

/// Why a client is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    ServerStops,
    /// Another client, with fewer places, takes the place.
    PlaceTaken,
}

/// The place of one that listens; free again when it is dropped.
pub(super) struct Subscriber {
    places: Subscribers,
    number: u64,
    ended: watch::Receiver<Option<Ended>>,
}

impl Subscribers {
    pub(super) fn new(max: usize) -> Self {
        Self(Arc::new(Mutex::new(Places { max, taken: HashMap::new(), last_number: 0, refused: 0, is_stopped: false })))
    }

    /// A place. When all are taken, the client with the most of them gives up its last one to a client with fewer; else there is none.
    pub(super) fn take(&self, client: IpAddr) -> Option<Subscriber> {
        let mut places = self.places();
        if places.taken.len() >= places.max && !places.make_room_for(client) {
            places.refused += 1;
            return None;
        }
        places.last_number += 1;
        let (number, ended) = (places.last_number, watch::Sender::new(places.is_stopped.then_some(Ended::ServerStops)));
        let subscriber = Subscriber { places: self.clone(), number, ended: ended.subscribe() };
        places.taken.insert(number, Taken { client, ended });
        Some(subscriber)
    }

    pub(super) fn count(&self) -> usize {
        self.places().taken.len()
    }

    /// How many were refused or lost their place so far.
    pub(super) fn refused(&self) -> u64 {
        self.places().refused
    }

    /// Lets all of them go.
    pub(super) fn stop(&self) {
        let mut places = self.places();
        places.is_stopped = true;
        for taken in places.taken.values() {
            taken.ended.send_replace(Some(Ended::ServerStops));
        }
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
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
            taken.ended.send_replace(Some(Ended::PlaceTaken));
            self.refused += 1;
        }
        true
    }
}

impl Subscriber {
    /// Resolves when the client is let go.
    pub(super) async fn ended(&mut self) -> Ended {
        let ended = self.ended.wait_for(Option::is_some).await;
        ended.ok().and_then(|ended| *ended).unwrap_or(Ended::PlaceTaken)
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        self.places.places().taken.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const A: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const B: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[tokio::test]
    async fn places_are_shared_among_clients() {
        let subscribers = Subscribers::new(3);
        let mut of_a: Vec<_> = (0..3).map(|_| subscribers.take(A).expect("a free place")).collect();
        assert!(subscribers.take(A).is_none(), "all are taken");
        let of_b = subscribers.take(B).expect("A has three of three");
        assert_eq!(of_a[2].ended().await, Ended::PlaceTaken);
        assert!(subscribers.take(B).is_none(), "A has only one more");
        assert_eq!((subscribers.count(), subscribers.refused()), (3, 3));
        drop((of_a.pop(), of_b));
        assert_eq!(subscribers.count(), 2);
        let mut again = subscribers.take(A).expect("a free place");
        subscribers.stop();
        assert_eq!((again.ended().await, of_a[0].ended().await), (Ended::ServerStops, Ended::ServerStops));
    }

    #[test]
    fn without_places_nobody_listens() {
        assert!(Subscribers::new(0).take(A).is_none());
    }
}
