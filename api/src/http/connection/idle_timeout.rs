//! Ends connections that stay silent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// A stream that fails with `TimedOut` when no byte moves for too long, or when its client does not read.
pub(crate) struct IdleTimeout {
    stream: TcpStream,
    moved: Instant,
    read: Deadline,
    /// Since when the client has not read.
    unread: Option<Instant>,
    write: Deadline,
}

impl IdleTimeout {
    pub(crate) fn new(stream: TcpStream, most: Duration) -> Self {
        Self { stream, moved: Instant::now(), read: Deadline::new(most), unread: None, write: Deadline::new(most) }
    }

    fn after_write<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            (self.moved, self.unread) = (Instant::now(), None);
            return outcome;
        }
        let since = *self.unread.get_or_insert_with(Instant::now);
        self.write.poll_expired(since, context).map(Err)
    }
}

impl AsyncRead for IdleTimeout {
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

impl AsyncWrite for IdleTimeout {
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
