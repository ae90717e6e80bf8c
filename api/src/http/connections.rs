//! Accepts connections: not too many, and none that stays silent for long.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Request, Version, header};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

use super::held_connections::{Held, Place};
use super::refusal::Refusal;

/// How long requests that are being answered may take to finish at shutdown.
const GRACE: Duration = Duration::from_millis(500);

/// How long to wait before the next connection when the system gives none.
const PAUSE: Duration = Duration::from_millis(100);

/// The maximum number of requests at once on an HTTP/2 connection.
const MAX_STREAMS: u32 = 32;

/// The maximum size of the header of a request, in bytes.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// What a connection may hold back of answers that its client does not read, in bytes.
const MAX_UNREAD_BYTES: usize = 64 * 1024;

/// How many clients are told at the same time that there are too many.
const MAX_REFUSALS: usize = 100;

/// How long a client may take to hear it.
const FAREWELL: Duration = Duration::from_secs(1);

/// What a client is told whose connection is one too many.
const TOO_MANY: &str =
    r#"{"errors":[{"message":"There are too many connections; try again in a moment.","extensions":{"code":"UNAVAILABLE"}}]}"#;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;

/// Binds an address.
///
/// # Errors
/// When it is none, or taken.
pub(super) async fn listen(address: &str) -> io::Result<TcpListener> {
    let mut refused = io::Error::other("the name has no address");
    for address in tokio::net::lookup_host(address).await? {
        match bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves connections until `stop`.
pub(super) async fn serve(listener: TcpListener, router: Router, held: &Held, max_silence: Duration, stop: impl Future<Output = ()>) {
    let (graceful, builder) = (GracefulShutdown::new(), builder(max_silence));
    let refusing = Arc::new(Semaphore::new(MAX_REFUSALS));
    let mut stop = pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener) => accepted,
        };
        let Some(place) = held.take() else {
            refuse(stream, &refusing);
            continue;
        };
        let _ = stream.set_nodelay(true);
        let service = service(router.clone(), address, place.clone());
        let stream = TokioIo::new(Impatient::new(stream, max_silence));
        let connection = graceful.watch(builder.serve_connection_with_upgrades(stream, service).into_owned());
        tokio::spawn(async move {
            // A client that breaks off is no fault of the server.
            tokio::select! {
                _ = connection => {}
                () = place.let_go() => {}
            }
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

/// The next connection. While the system gives none, that is told once.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    let mut is_told = false;
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if !std::mem::replace(&mut is_told, true) {
                    tracing::error!(%error, "no connection can be accepted; raise the limit of open files if there are too many");
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests of a connection.
fn service(
    router: Router,
    address: SocketAddr,
    place: Place,
) -> impl hyper::service::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static> + Send + Clone + 'static
{
    TowerToHyperService::new(tower::service_fn(move |mut request: Request<Incoming>| {
        let router = router.clone();
        place.used();
        request.extensions_mut().insert(ConnectInfo(address));
        request.extensions_mut().insert(place.clone());
        async move {
            match has_one_host(&request) {
                true => router.oneshot(request).await,
                false => Ok(Refusal::host().into_response()),
            }
        }
    }))
}

fn builder(silence: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(silence).max_buf_size(MAX_HEADER_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(16 * 1024)
        .max_send_buf_size(MAX_UNREAD_BYTES)
        .keep_alive_interval(silence / 2)
        .keep_alive_timeout(silence / 2);
    builder
}

/// Tells a client that there are too many connections, unless too many are being told.
fn refuse(stream: TcpStream, refusing: &Arc<Semaphore>) {
    if let Ok(place) = Arc::clone(refusing).try_acquire_owned() {
        tokio::spawn(async move {
            let _ = tokio::time::timeout(FAREWELL, tell_too_many(stream)).await;
            drop(place);
        });
    }
}

/// Waits until the client has heard it: what is closed before a request was read is reset, and then nothing is heard.
async fn tell_too_many(mut stream: TcpStream) -> io::Result<()> {
    let head = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8";
    stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{TOO_MANY}", TOO_MANY.len()).as_bytes()).await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.map(drop)
}

/// Whether a request names its host once, as HTTP/1.1 demands.
fn has_one_host(request: &Request<Incoming>) -> bool {
    request.version() != Version::HTTP_11 || request.headers().get_all(header::HOST).iter().count() == 1
}

/// Whether accepting failed because a client had already left.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused)
}

/// A connection that breaks off when no byte moves for too long, or when its client does not read.
struct Impatient {
    stream: TcpStream,
    moved: Instant,
    read: Patience,
    /// Since when the client has not read.
    unread: Option<Instant>,
    write: Patience,
}

impl Impatient {
    fn new(stream: TcpStream, most: Duration) -> Self {
        Self { stream, moved: Instant::now(), read: Patience::new(most), unread: None, write: Patience::new(most) }
    }

    fn written<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            (self.moved, self.unread) = (Instant::now(), None);
            return outcome;
        }
        let since = *self.unread.get_or_insert_with(Instant::now);
        self.write.end(since, context).map(Err)
    }
}

impl AsyncRead for Impatient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        if outcome.is_ready() {
            self.moved = Instant::now();
            return outcome;
        }
        let since = self.moved;
        self.read.end(since, context).map(Err)
    }
}

impl AsyncWrite for Impatient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, outcome)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.written(context, outcome)
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

/// How long nothing may happen.
struct Patience {
    most: Duration,
    alarm: Pin<Box<Sleep>>,
}

impl Patience {
    fn new(most: Duration) -> Self {
        Self { most, alarm: Box::pin(tokio::time::sleep(most)) }
    }

    /// An error as soon as nothing has happened for too long.
    fn end(&mut self, since: Instant, context: &mut Context<'_>) -> Poll<io::Error> {
        let at = since + self.most;
        loop {
            // An alarm that comes too early is set anew; to set it whenever a byte moves would cost more.
            ready!(self.alarm.as_mut().poll(context));
            if at <= Instant::now() {
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            self.alarm.as_mut().reset(at);
        }
    }
}
