//! The end of a server: what is in flight ends well, what comes after finds the door closed.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use tallyport_server::listen::{self, Limits};
use tallyport_server::shutdown::Shutdown;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;

use crate::program::{Answer, PATIENCE, Server, request};

/// A request whose handler waits for the 29 bytes of its body.
const TOKEN_REQUEST: &str = "POST /oauth/token\n\
    authorization: Basic YTpi\n\
    content-type: application/x-www-form-urlencoded\n\
    content-length: 29";

/// Waits until nobody listens any more.
fn until_refused(address: SocketAddr) {
    let begun = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(begun.elapsed() < PATIENCE, "still listening");
        std::thread::yield_now();
    }
}

#[test]
fn request_in_flight_ends_well_after_sigterm() {
    let mut server = Server::start(&[]);
    let mut stream = server.connect();
    stream.write_all(request(TOKEN_REQUEST).as_bytes()).unwrap();
    stream.write_all(b"grant_type=").unwrap();
    // The second request was answered, so the first has been seen.
    assert_eq!(server.ask("GET /healthz").status, 200);
    server.signal("TERM");
    until_refused(server.address);
    stream.set_nonblocking(true).unwrap();
    let early = stream.read(&mut [0; 64]).map_err(|error| error.kind());
    assert_eq!(early, Err(std::io::ErrorKind::WouldBlock), "answered before its body was complete");
    stream.set_nonblocking(false).unwrap();
    stream.write_all(b"client_credentials").unwrap();
    let answer = Answer::read(stream);
    assert_eq!(answer.json()["error"], "invalid_client", "{answer:?}");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn idle_connections_do_not_hold_up_the_end() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&[]);
        let mut idle = server.connect();
        idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
        assert!(idle.read(&mut [0; 1024]).unwrap() > 0);
        let begun = Instant::now();
        server.signal(signal);
        assert_eq!(server.wait().code(), Some(0));
        assert!(begun.elapsed() < Duration::from_secs(15), "it waited for the drain time-out");
    }
}

#[test]
fn request_that_does_not_end_is_cut_off_in_time() {
    let mut server = Server::start(&["--drain-timeout", "300ms", "--request-timeout", "1h"]);
    let mut stream = server.connect();
    stream.write_all(request(TOKEN_REQUEST).as_bytes()).unwrap();
    assert_eq!(server.ask("GET /healthz").status, 200);
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
}

#[tokio::test]
async fn drain_waits_for_the_slow_answer_and_takes_nothing_new() {
    let (entered, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let handler = {
        let (entered, release) = (Arc::clone(&entered), Arc::clone(&release));
        move || async move {
            entered.notify_one();
            release.notified().await;
            "done"
        }
    };
    let bound = listen::bind("127.0.0.1:0".parse().unwrap(), "--listen").await.unwrap();
    let address = bound.address;
    let shutdown = Shutdown::default();
    let limits = Limits { connections_max: 8, header_read_timeout: PATIENCE };
    let router = Router::new().route("/", get(handler));
    let serving = tokio::spawn(listen::serve(bound, None, router, limits, shutdown.drain()));

    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    entered.notified().await;
    shutdown.begin();
    while tokio::net::TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!serving.is_finished(), "the slow request is still in flight");
    release.notify_one();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
    tokio::time::timeout(PATIENCE, serving).await.unwrap().unwrap();
}
