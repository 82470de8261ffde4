//! One connection: handshake, protocol, the watch over an idle peer, and its end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::rt::{Read, Write};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tower::Service;

use super::Limits;
use super::activity::{Activity, TrackedBody};
use super::refusal::Refusals;
use super::stall::StallGuard;
use crate::shutdown::Drain;

/// Bytes that the headers of one request may take.
const HEADER_BYTES_MAX: u32 = 64 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS_MAX: u32 = 128;
/// A peer that resets streams faster than they are handled is cut off (CVE-2023-44487).
const RESET_STREAMS_MAX: usize = 32;
/// How often a silent HTTP/2 peer is asked whether it is still there, and how long it may think.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// Time for a TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The address of whoever opened the connection, in each request's extensions. A proxy's address,
/// where there is one.
#[derive(Clone, Copy, Debug)]
pub struct PeerAddress(pub SocketAddr);

/// What all connections of a listener share.
pub(super) struct Server {
    tls: Option<TlsAcceptor>,
    router: axum::Router,
    limits: Limits,
    drain: Drain,
    http: Builder<TokioExecutor>,
    refusals: Refusals,
}

impl Server {
    pub(super) fn new(tls: Option<TlsAcceptor>, router: axum::Router, limits: Limits, drain: Drain) -> Self {
        let mut http = Builder::new(TokioExecutor::new());
        http.http1()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.header_read_timeout)
            .max_buf_size(HEADER_BYTES_MAX as usize);
        http.http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(STREAMS_MAX)
            .max_pending_accept_reset_streams(RESET_STREAMS_MAX)
            .max_header_list_size(HEADER_BYTES_MAX)
            .keep_alive_interval(PING_INTERVAL)
            .keep_alive_timeout(PING_TIMEOUT);
        Self { tls, router, limits, drain, http, refusals: Refusals::default() }
    }

    /// Turns a connection away that no slot is left for. Under TLS there is nothing to say before
    /// a handshake, so the connection is closed.
    pub(super) fn refuse(&self, stream: TcpStream) {
        if self.tls.is_none() {
            self.refusals.answer(stream);
        }
    }

    /// Serves the connection until it ends, for whatever reason.
    pub(super) async fn serve(&self, stream: TcpStream, peer: SocketAddr) {
        let open = metrics::gauge!("tallyport_http_connections");
        open.increment(1);
        // Answers are written whole; waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.speak(TokioIo::new(StallGuard::new(stream)), peer).await,
            Some(tls) => match tokio::time::timeout(HANDSHAKE_TIMEOUT, tls.accept(stream)).await {
                // Boxed, so that connections without TLS have no room for it in their task.
                Ok(Ok(stream)) => Box::pin(self.speak(TokioIo::new(StallGuard::new(stream)), peer)).await,
                Ok(Err(error)) => tracing::debug!(%peer, %error, "TLS handshake with {peer} failed: {error}"),
                Err(_) => tracing::debug!(%peer, "TLS handshake with {peer} took too long"),
            },
        }
        open.decrement(1);
    }

    async fn speak<S>(&self, stream: S, peer: SocketAddr)
    where
        S: Read + Write + Unpin + Send + 'static,
    {
        let activity = Arc::new(Activity::default());
        let service = service(self.router.clone(), peer, Arc::clone(&activity));
        let mut connection = pin!(self.http.serve_connection(stream, service));
        let mut drain = self.drain.clone();
        let mut watch = Watch::new(activity, self.limits.header_read_timeout);
        let mut ending = false;
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%peer, %error, "connection of {peer} ended: {error}");
                    }
                    return;
                }
                () = drain.begun(), if !ending => {
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                }
                verdict = watch.next() => match verdict {
                    Verdict::Works => {}
                    Verdict::Idle if !ending => {
                        ending = true;
                        connection.as_mut().graceful_shutdown();
                    }
                    Verdict::Idle | Verdict::NeverAsked => {
                        tracing::debug!(%peer, "connection of {peer} cut off: no request in time");
                        return;
                    }
                },
            }
        }
    }
}

/// Hands a request to the router, with the peer's address, and keeps it counted until its answer
/// has been sent.
fn service(
    router: axum::Router,
    peer: SocketAddr,
    activity: Arc<Activity>,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = Response<TrackedBody>,
    Error = Infallible,
    Future = impl Future<Output = Result<Response<TrackedBody>, Infallible>> + Send,
> {
    hyper::service::service_fn(move |request: Request<Incoming>| {
        let in_flight = activity.begin();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(PeerAddress(peer));
        let answer = router.clone().call(request);
        async move {
            let response = answer.await?;
            Ok(response.map(|body| TrackedBody::new(body, in_flight)))
        }
    })
}

/// Looks at a connection once per period. hyper's own time-out starts only after it knows the
/// protocol, and HTTP/2 has none: without this, a peer that says nothing would stay for ever.
struct Watch {
    activity: Arc<Activity>,
    seen: u32,
    ticks: tokio::time::Interval,
}

enum Verdict {
    /// A request is in flight or came since the last look.
    Works,
    /// Nothing happened since the last look.
    Idle,
    /// Not one request was complete in the time for headers.
    NeverAsked,
}

impl Watch {
    fn new(activity: Arc<Activity>, period: Duration) -> Self {
        let ticks = tokio::time::interval_at(tokio::time::Instant::now() + period, period);
        Self { activity, seen: 0, ticks }
    }

    async fn next(&mut self) -> Verdict {
        self.ticks.tick().await;
        let begun = self.activity.begun();
        if begun == 0 {
            return Verdict::NeverAsked;
        }
        let quiet = begun == self.seen && !self.activity.is_busy();
        self.seen = begun;
        if quiet { Verdict::Idle } else { Verdict::Works }
    }
}
