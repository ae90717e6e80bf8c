//! Clients that listen for events, over WebSockets and as server-sent events. There is a maximum, and all are let go when the server stops.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// The places of clients that listen. Clones share them.
#[derive(Clone)]
pub(super) struct Subscribers {
    max: usize,
    places: Arc<Semaphore>,
    refused: Arc<AtomicU64>,
    is_stopped: watch::Sender<bool>,
}

/// The place of one client that listens; free again when it is dropped.
pub(super) struct Subscriber {
    _place: OwnedSemaphorePermit,
    is_stopped: watch::Receiver<bool>,
}

impl Subscribers {
    pub(super) fn new(max: usize) -> Self {
        let max = max.min(Semaphore::MAX_PERMITS);
        Self { max, places: Arc::new(Semaphore::new(max)), refused: Arc::default(), is_stopped: watch::Sender::new(false) }
    }

    /// A place; none when all are taken.
    pub(super) fn take(&self) -> Option<Subscriber> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok();
        if place.is_none() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        place.map(|place| Subscriber { _place: place, is_stopped: self.is_stopped.subscribe() })
    }

    pub(super) fn count(&self) -> usize {
        self.max - self.places.available_permits()
    }

    /// How many found no place so far.
    pub(super) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Lets all of them go.
    pub(super) fn stop(&self) {
        self.is_stopped.send_replace(true);
    }
}

impl Subscriber {
    /// Resolves when the server stops.
    pub(super) async fn stopped(&mut self) {
        let _ = self.is_stopped.wait_for(|is_stopped| *is_stopped).await;
    }
}
