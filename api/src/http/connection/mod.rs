//! Accepts connections: not too many, and none that stays silent for long.

pub(crate) mod client_address;
mod idle_timeout;
mod pace;
pub(crate) mod slots;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
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
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::http::refusal::Refusal;
use idle_timeout::IdleTimeout;
use pace::Pace;
use slots::{ConnectionSlots, Slot};

/// How long requests may take to finish at shutdown.
const GRACE: Duration = Duration::from_millis(500);

/// How long to wait after the system failed to accept a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// The maximum number of requests at once on an HTTP/2 connection.
const MAX_STREAMS: u32 = 32;

/// The maximum size of the header of a request, in bytes.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// The maximum size of the send buffer of an HTTP/2 stream, in bytes.
const MAX_SEND_BUFFER_BYTES: usize = 16 * 1024;

/// How many connections are refused with a message at the same time.
const MAX_REFUSALS: usize = 100;

/// How long a refused client may take to read the message.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(1);

/// The body of the response on a refused connection.
const TOO_MANY: &str =
    r#"{"errors":[{"message":"There are too many connections; try again in a moment.","extensions":{"code":"UNAVAILABLE"}}]}"#;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;

/// Binds an address.
///
/// # Errors
/// When it is no address, or taken.
pub(crate) async fn listen(address: &str) -> io::Result<TcpListener> {
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
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    slots: &ConnectionSlots,
    max_silence: Duration,
    stop: impl Future<Output = ()>,
) {
    let (graceful, builder) = (GracefulShutdown::new(), builder(max_silence));
    let refusing = Arc::new(Semaphore::new(MAX_REFUSALS));
    let mut stop = pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener) => accepted,
        };
        let Some(slot) = slots.take() else {
            refuse(stream, &refusing);
            continue;
        };
        let _ = stream.set_nodelay(true);
        let pace = Pace::new(max_silence);
        let service = service(router.clone(), address, slot.clone(), pace.clone());
        let stream = TokioIo::new(IdleTimeout::new(stream, max_silence));
        let connection = graceful.watch(builder.serve_connection_with_upgrades(stream, service).into_owned());
        tokio::spawn(async move {
            // A connection that its client closes is not an error.
            tokio::select! {
                _ = connection => {}
                () = slot.evicted() => {}
                () = pace.too_slow() => {}
            }
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

/// The next connection. Logs the first of several errors in a row.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    let mut is_logged = false;
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if !std::mem::replace(&mut is_logged, true) {
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
    slot: Slot,
    pace: Pace,
) -> impl hyper::service::Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static> + Send + Clone + 'static
{
    TowerToHyperService::new(tower::service_fn(move |mut request: Request<Incoming>| {
        let (router, pace) = (router.clone(), pace.clone());
        slot.used();
        request.extensions_mut().insert(ConnectInfo(address));
        request.extensions_mut().insert(slot.clone());
        async move {
            let is_http2 = request.version() == Version::HTTP_2;
            let response = match has_one_host(&request) {
                true => router.oneshot(request).await?,
                false => Refusal::host().into_response(),
            };
            Ok(if is_http2 { response.map(|body| pace.watch(body)) } else { response })
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
        .max_send_buf_size(MAX_SEND_BUFFER_BYTES)
        .keep_alive_interval(silence / 2)
        .keep_alive_timeout(silence / 2);
    builder
}

/// Refuses a connection, with a message unless too many are being refused.
fn refuse(stream: TcpStream, refusing: &Arc<Semaphore>) {
    if let Ok(permit) = Arc::clone(refusing).try_acquire_owned() {
        tokio::spawn(async move {
            let _ = tokio::time::timeout(REFUSAL_TIMEOUT, send_refusal(stream)).await;
            drop(permit);
        });
    }
}

/// Sends the message, and reads the request: closing before that resets the connection, and the client loses the message.
async fn send_refusal(mut stream: TcpStream) -> io::Result<()> {
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
