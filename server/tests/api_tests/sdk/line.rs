//! A line between a client and a server that loses and changes what goes over it, as told: one request for
//! each connection, so that what happens to one happens to no other.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use crate::support::TestApp;

/// What happens to a request or its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The server never sees it.
    LoseRequest,
    /// The server does it, and nobody hears of it.
    LoseAnswer,
    /// Something in between says that the server is not there.
    Unavailable,
    /// The answer says something else.
    ChangeBody,
    /// The answer has lost its signature.
    Unsign,
}

/// A running line. Dropped, it takes no more connections.
pub(super) struct Line {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    running: AbortHandle,
}

#[derive(Default)]
struct Seen {
    /// The heads of the requests, in order.
    heads: Vec<String>,
    /// Which requests fail, and how.
    faults: Vec<(String, Fault)>,
}

impl Line {
    pub(super) async fn to(app: &TestApp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (server, seen) = (app.authority.clone(), Arc::new(Mutex::new(Seen::default())));
        let of_line = Arc::clone(&seen);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, server.clone(), Arc::clone(&of_line)));
            }
        });
        Self { address, seen, running: accepting.abort_handle() }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets the next requests that begin like this fail, one after the other.
    pub(super) fn fail(&self, request: &str, faults: impl IntoIterator<Item = Fault>) {
        let faults = faults.into_iter().map(|fault| (request.to_owned(), fault));
        self.seen.lock().unwrap().faults.extend(faults);
    }

    /// How many requests began like this.
    pub(super) fn sent(&self, request: &str) -> usize {
        self.seen.lock().unwrap().heads.iter().filter(|head| head.starts_with(request)).count()
    }

    /// How many different values a header had.
    pub(super) fn different(&self, name: &str) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.heads.iter().filter_map(|head| field(head, name)).collect::<HashSet<_>>().len()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.running.abort();
    }
}

async fn carry(mut client: TcpStream, server: String, seen: Arc<Mutex<Seen>>) {
    let (head, body) = read_message(&mut client).await;
    let fault = {
        let mut seen = seen.lock().unwrap();
        seen.heads.push(head.clone());
        let at = seen.faults.iter().position(|(request, _)| head.starts_with(request));
        at.map(|at| seen.faults.remove(at).1)
    };
    match fault {
        Some(Fault::LoseRequest) => return,
        Some(Fault::Unavailable) => {
            let answer = "HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\ncontent-length: 0\r\n";
            return write_message(&mut client, answer, b"").await;
        }
        _ => {}
    }
    let mut upstream = TcpStream::connect(server).await.unwrap();
    write_message(&mut upstream, &head, &body).await;
    let (mut head, mut body) = read_message(&mut upstream).await;
    match fault {
        Some(Fault::LoseAnswer) => return,
        Some(Fault::ChangeBody) => {
            let text = String::from_utf8(body).unwrap();
            assert!(text.contains("\"1.00\""), "{text}");
            body = text.replace("\"1.00\"", "\"9.00\"").into_bytes();
        }
        Some(Fault::Unsign) => {
            let kept = head.lines().filter(|line| !line.starts_with("signature"));
            head = kept.fold(String::new(), |all, line| all + line + "\r\n");
        }
        _ => {}
    }
    write_message(&mut client, &head, &body).await;
}

/// The head of a message, without the empty line, and its body.
async fn read_message(from: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end + 2].to_vec()).unwrap();
            let length = field(&head, "content-length").map_or(0, |length| length.parse().unwrap());
            let mut body = bytes.split_off(end + 4);
            let missing = length - body.len();
            body.resize(length, 0);
            from.read_exact(&mut body[length - missing..]).await.unwrap();
            return (head, body);
        }
        assert_ne!(from.read_buf(&mut bytes).await.unwrap(), 0, "cut off: {}", bytes.escape_ascii());
    }
}

async fn write_message(to: &mut TcpStream, head: &str, body: &[u8]) {
    let bytes = [head.as_bytes(), b"connection: close\r\n\r\n", body].concat();
    to.write_all(&bytes).await.unwrap();
}

fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
