//! Ends connections that stay silent, or whose clients read too slowly.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// What a client must read each second, in bytes, while the server waits for it. Otherwise a few clients could hold large answers for hours.
const SLOWEST: usize = 8 * 1024;

/// What a client must read in so much time, in bytes.
pub(super) fn fewest(time: Duration) -> usize {
    usize::try_from(time.as_millis() * SLOWEST as u128 / 1000).unwrap_or(usize::MAX).max(1)
}

/// A stream that fails with `TimedOut` when no byte moves for too long, or when its client reads less than the slowest would in that time.
pub(crate) struct IdleTimeout<S> {
    stream: S,
    moved: Instant,
    read: Deadline,
    /// The bytes that a client must read until the deadline.
    fewest: usize,
    /// Since when the server waits for the client, and what it has read since then.
    waiting: Option<(Instant, usize)>,
    write: Deadline,
}

impl<S> IdleTimeout<S> {
    pub(crate) fn new(stream: S, most: Duration) -> Self {
        Self { stream, moved: Instant::now(), read: Deadline::new(most), fewest: fewest(most), waiting: None, write: Deadline::new(most) }
    }

    fn after_write(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let Poll::Ready(written) = outcome else {
            let (since, _) = *self.waiting.get_or_insert_with(|| (Instant::now(), 0));
            return self.write.poll_expired(since, context).map(Err);
        };
        self.moved = Instant::now();
        if let (Some((_, read)), Ok(bytes)) = (&mut self.waiting, &written) {
            *read += bytes;
        }
        self.waiting = self.waiting.filter(|(_, read)| *read < self.fewest);
        Poll::Ready(written)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for IdleTimeout<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        if outcome.is_ready() {
            self.moved = Instant::now();
            return outcome;
        }
        let since = self.moved;
        self.read.poll_expired(since, context).map(Err)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for IdleTimeout<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.after_write(context, outcome)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.after_write(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Everything is written, so the server waits no longer.
        self.waiting = None;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// A timer that is set again as bytes move.
struct Deadline {
    most: Duration,
    timer: Pin<Box<Sleep>>,
}

impl Deadline {
    fn new(most: Duration) -> Self {
        Self { most, timer: Box::pin(tokio::time::sleep(most)) }
    }

    /// An error once nothing has happened since `since` for too long.
    fn poll_expired(&mut self, since: Instant, context: &mut Context<'_>) -> Poll<io::Error> {
        let at = since + self.most;
        loop {
            // The timer is set again only when it fires too early: setting it at every byte would cost more.
            ready!(self.timer.as_mut().poll(context));
            if at <= Instant::now() {
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            self.timer.as_mut().reset(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    /// Writes 64 KiB to a client that reads so many bytes every 20 ms.
    async fn write_to_reader_of(bytes: usize) -> io::Result<()> {
        let (server, mut client) = duplex(256);
        let mut stream = IdleTimeout::new(server, Duration::from_millis(200));
        let reading = tokio::spawn(async move {
            let mut taken = vec![0; bytes];
            while client.read_exact(&mut taken).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        let written = stream.write_all(&vec![b'x'; 64 * 1024]).await;
        drop(stream);
        let _ = reading.await;
        written
    }

    #[tokio::test]
    async fn a_client_that_reads_a_little_at_a_time_is_let_go() {
        let refused = write_to_reader_of(16).await.expect_err("800 bytes a second are too few");
        assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
        write_to_reader_of(1024).await.expect("50 kB a second are enough");
    }
}
