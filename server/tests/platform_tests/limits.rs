//! Peers that take more than their share: too slow, too many, too much.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::program::{Answer, PATIENCE, Server, request};

const SHORT: [&str; 2] = ["--header-read-timeout", "300ms"];

/// Sends the text a byte at a time until the server closes, and tells whether it did.
fn drip(stream: &mut TcpStream, text: &str) -> bool {
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let begun = Instant::now();
    let mut bytes = text.bytes().cycle();
    while begun.elapsed() < PATIENCE {
        let byte = bytes.next().unwrap();
        if stream.write_all(&[byte]).is_err() {
            return true;
        }
        match stream.read(&mut [0; 1024]) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return true,
        }
    }
    false
}

#[test]
fn headers_sent_a_byte_at_a_time_are_cut_off() {
    let server = Server::start(&SHORT);
    assert!(drip(&mut server.connect(), "x-slow: GET / HTTP/1.1 "));
}

#[test]
fn slow_http2_preface_is_cut_off() {
    let server = Server::start(&SHORT);
    let mut stream = server.connect();
    // hyper does not know the protocol yet and runs no timer of its own.
    stream.write_all(b"PRI * HTTP/2.0\r\n").unwrap();
    assert_eq!(stream.read(&mut [0; 64]).unwrap_or(0), 0);
}

#[test]
fn http2_connection_without_requests_is_cut_off() {
    let server = Server::start(&SHORT);
    let mut stream = server.connect();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    let mut frames = Vec::new();
    // The end of the connection, however it comes, ends this; a server that holds on runs into the
    // time-out, which is an error of its own.
    if let Err(error) = stream.read_to_end(&mut frames) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
}

#[test]
fn silent_connection_is_cut_off() {
    let server = Server::start(&SHORT);
    assert_eq!(server.connect().read(&mut [0; 64]).unwrap_or(0), 0);
}

#[test]
fn connection_kept_alive_without_use_is_closed() {
    let server = Server::start(&SHORT);
    let mut stream = server.connect();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    assert_eq!(Answer::read(stream).status, 200, "the answer was read to the end of the connection");
}

#[test]
fn one_connection_too_many_is_told_to_come_again() {
    let server = Server::start(&["--connections-max", "1"]);
    let mut first = server.connect();
    first.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    let answer = server.ask("GET /healthz");
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(answer.json()["code"], "overloaded");
    first.write_all(b"host: localhost\r\nconnection: close\r\n\r\n").unwrap();
    assert_eq!(Answer::read(first).status, 200, "whoever was there first is served");
}

#[test]
fn headers_without_end_are_refused() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let line = format!("x-much: {}\r\n", "x".repeat(8000));
    let head = request("GET /healthz").trim_end().to_owned() + "\r\n" + &line.repeat(20) + "\r\n";
    let _ = stream.write_all(head.as_bytes());
    assert_eq!(Answer::read(stream).status, 431);
}

#[test]
fn body_that_never_comes_ends_in_an_answer() {
    let server = Server::start(&["--request-timeout", "300ms"]);
    let mut stream = server.connect();
    let head = "POST /oauth/token\nauthorization: Basic YTpi\ncontent-type: application/x-www-form-urlencoded\ncontent-length: 100";
    stream.write_all(request(head).as_bytes()).unwrap();
    let answer = Answer::read(stream);
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.json()["code"], "timed_out");
}
