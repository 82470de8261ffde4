//! Listening: sockets, TLS, connections and their limits, down to the hand-over of a request.
//!
//! Owns time-outs and counts per connection. Knows nothing of routes: it serves any router. Limits
//! and what happens at them: too many connections → 503 (closed under TLS), headers too slow or idle
//! → cut off, headers too many or too long → 431 by hyper, answer not taken → cut off.

mod activity;
mod connection;
mod refusal;
mod stall;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::exit::{Exit, Failure};
use crate::shutdown::Drain;

pub use connection::PeerAddress;
pub use tls::acceptor;

/// Pause after the system refused to accept, so that a lack of file descriptors is not made worse
/// by a busy loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What one listener grants its peers.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Open connections at once.
    pub connections_max: u32,
    /// Time to send a request's headers, or to stay idle.
    pub header_read_timeout: Duration,
}

/// A bound socket, not yet served.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    /// Where it listens; the port is the real one even where port 0 was asked for.
    pub address: SocketAddr,
}

/// Binds an address.
///
/// # Errors
/// When the address cannot be had; the line names it and the flag that sets it.
pub async fn bind(address: SocketAddr, flag: &str) -> Result<Bound, Failure> {
    let refused = |error: std::io::Error| {
        let reason = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program has this port".to_owned(),
            _ => error.to_string(),
        };
        let line = format!("cannot listen on {address}: {reason} (choose another with {flag})");
        Failure::new(Exit::Address, line)
    };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok(Bound { listener, address })
}

/// Accepts connections until the drain begins, then returns once every connection has ended. Drop
/// the future to give up waiting for them.
pub async fn serve(bound: Bound, tls: Option<TlsAcceptor>, router: axum::Router, limits: Limits, mut drain: Drain) {
    let slots = Arc::new(Semaphore::new(limits.connections_max as usize));
    let server = Arc::new(connection::Server::new(tls, router, limits, drain.clone()));
    loop {
        let accepted = tokio::select! {
            biased;
            () = drain.begun() => break,
            accepted = bound.listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => admit(&server, &slots, stream, peer),
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection: {error}");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(bound);
    // Every connection holds one slot until it ends.
    let _ = slots.acquire_many(limits.connections_max).await;
}

fn admit(server: &Arc<connection::Server>, slots: &Arc<Semaphore>, stream: TcpStream, peer: SocketAddr) {
    let Ok(slot) = Arc::clone(slots).try_acquire_owned() else {
        metrics::counter!("tallyport_http_connections_refused_total").increment(1);
        server.refuse(stream);
        return;
    };
    let server = Arc::clone(server);
    tokio::spawn(async move {
        server.serve(stream, peer).await;
        drop(slot);
    });
}
