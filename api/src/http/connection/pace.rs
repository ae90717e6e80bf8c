//! Ends HTTP/2 connections whose clients take their answers too slowly. `IdleTimeout` does not see them: they still answer pings.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::time::Instant;

use super::idle_timeout::fewest;

/// The maximum size of a chunk in bytes. A chunk counts as taken when all of it is written.
const CHUNK: usize = 8 * 1024;

/// How fast the client of a connection takes its answers. Clones share it.
#[derive(Clone)]
pub(super) struct Pace(Arc<Shared>);

struct Shared {
    /// How long the client may take less than `fewest` bytes.
    most: Duration,
    fewest: usize,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    /// How many bodies and chunks wait for the client.
    count: usize,
    /// Since when the server waits for the client, and the bytes that the client has taken since then.
    since: Option<(Instant, usize)>,
}

impl Pace {
    pub(super) fn new(most: Duration) -> Self {
        Self(Arc::new(Shared { most, fewest: fewest(most), waiting: Mutex::default() }))
    }

    /// The same body, whose chunks are counted until they are written.
    pub(super) fn watch(&self, body: Body) -> Body {
        Body::new(PacedBody { body, rest: Bytes::new(), pace: self.clone(), room: Some(self.wait()) })
    }

    /// Resolves when the client has been too slow.
    pub(super) async fn too_slow(&self) {
        loop {
            let since = self.waiting().since;
            let left = since.map_or(self.0.most, |(since, _)| self.0.most.saturating_sub(since.elapsed()));
            if left.is_zero() {
                return;
            }
            tokio::time::sleep(left).await;
        }
    }

    fn wait(&self) -> Wait {
        let mut waiting = self.waiting();
        waiting.count += 1;
        waiting.since.get_or_insert_with(|| (Instant::now(), 0));
        Wait(self.clone())
    }

    fn taken(&self, bytes: usize) {
        let mut waiting = self.waiting();
        if let Some((since, taken)) = &mut waiting.since {
            *taken += bytes;
            if *taken >= self.0.fewest {
                (*since, *taken) = (Instant::now(), 0);
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server waits for the client until this is dropped.
struct Wait(Pace);

impl Drop for Wait {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting();
        waiting.count -= 1;
        if waiting.count == 0 {
            waiting.since = None;
        }
    }
}

/// A body in chunks.
struct PacedBody {
    body: Body,
    /// What the body gave beyond the last chunk.
    rest: Bytes,
    pace: Pace,
    /// Waits for room for the next chunk. `None` while the body makes it.
    room: Option<Wait>,
}

impl HttpBody for PacedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        // There is room.
        self.room = None;
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.rest = data,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.rest.len().min(CHUNK);
        let chunk = Chunk { bytes: self.rest.split_to(length), wait: self.pace.wait() };
        self.room = Some(self.pace.wait());
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_owner(chunk)))))
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

/// A part of a body on its way to the client. It is dropped when all of it is written.
struct Chunk {
    bytes: Bytes,
    wait: Wait,
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        self.wait.0.taken(self.bytes.len());
    }
}
