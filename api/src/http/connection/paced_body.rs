//! Ends HTTP/2 connections whose clients read an answer too slowly. `IdleTimeout` does not see them: they still answer pings.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::idle_timeout::SLOWEST;
use super::slots::Slot;

/// The maximum size of a chunk in bytes. The next one is taken once the client has room for it.
const CHUNK: usize = 8 * 1024;

/// The least time between two looks at a body.
const PAUSE: Duration = Duration::from_millis(100);

/// A body in chunks that knows how long the server has waited for the client.
pub(super) struct PacedBody {
    body: Body,
    /// What the body gave beyond the last chunk.
    rest: Bytes,
    pace: Arc<Pace>,
    watch: Option<AbortHandle>,
}

/// How fast a client takes a body.
struct Pace(Mutex<Taken>);

struct Taken {
    bytes: usize,
    /// How long the server has waited for the client in all, before `offered`.
    waited: Duration,
    /// Since when the client may take the next chunk; `None` while the body has none.
    offered: Option<Instant>,
}

impl PacedBody {
    /// The same body. Evicts the connection once the server has waited for the client longer than `patience`, and longer than for the slowest
    /// client that is accepted.
    pub(super) fn new(body: Body, slot: &Slot, patience: Duration) -> Self {
        let pace = Arc::new(Pace(Mutex::new(Taken { bytes: 0, waited: Duration::ZERO, offered: Some(Instant::now()) })));
        // A short body takes no more memory than watching it.
        let is_watched = body.size_hint().exact().is_none_or(|bytes| bytes > CHUNK as u64);
        let watch = is_watched.then(|| {
            let (pace, connection) = (Arc::clone(&pace), slot.eviction());
            tokio::spawn(async move {
                loop {
                    match pace.left(patience) {
                        Duration::ZERO => return connection.evict(),
                        left => tokio::time::sleep(left.max(PAUSE)).await,
                    }
                }
            })
        });
        Self { body, rest: Bytes::new(), pace, watch: watch.map(|watch| watch.abort_handle()) }
    }
}

impl HttpBody for PacedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.pace.asked();
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.rest = data,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.rest.len().min(CHUNK);
        let chunk = self.rest.split_to(length);
        self.pace.offered(length);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, of_body) = (self.rest.len() as u64, self.body.size_hint());
        let mut whole = SizeHint::new();
        whole.set_lower(rest + of_body.lower());
        if let Some(upper) = of_body.upper() {
            whole.set_upper(rest + upper);
        }
        whole
    }
}

impl Drop for PacedBody {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.abort();
        }
    }
}

impl Pace {
    /// The client has room for a chunk.
    fn asked(&self) {
        let mut taken = self.taken();
        if let Some(offered) = taken.offered.take() {
            taken.waited += offered.elapsed();
        }
    }

    /// The client was given a chunk, and may ask for the next.
    fn offered(&self, bytes: usize) {
        let mut taken = self.taken();
        taken.bytes += bytes;
        taken.offered = Some(Instant::now());
    }

    /// How much longer the server waits for the client.
    fn left(&self, patience: Duration) -> Duration {
        let taken = self.taken();
        let waited = taken.waited + taken.offered.map_or(Duration::ZERO, |offered| offered.elapsed());
        (patience + Duration::from_secs(1) * u32::try_from(taken.bytes / SLOWEST).unwrap_or(u32::MAX)).saturating_sub(waited)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
