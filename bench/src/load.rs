//! The load: connections that stay open, each with one request at a time, until all requests were
//! sent. What is acknowledged is what was read to its end.

mod open_loop;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::sync::Notify;

use crate::connection::Connection;
use crate::requests::Requests;
use crate::spread::{micros, per_second};

pub(crate) use open_loop::run as run_at;

/// What became of a load.
#[derive(Default)]
pub(crate) struct Done {
    pub(crate) elapsed: Duration,
    /// Numbers of the requests that were answered as expected.
    pub(crate) acknowledged: Vec<usize>,
    /// How long each of them took.
    took_us: Vec<u64>,
    /// The first answer that was not as expected.
    pub(crate) refusal: Option<String>,
    /// Connections that broke.
    pub(crate) broken: usize,
}

impl Done {
    /// The rate of a load that went well; an error otherwise.
    pub(crate) fn rate(&self, sent: usize) -> Result<u64> {
        if let Some(refusal) = &self.refusal {
            bail!("a request was not answered as expected: {refusal}");
        }
        if self.acknowledged.len() != sent {
            bail!("{} of {sent} requests were answered", self.acknowledged.len());
        }
        Ok(per_second(sent, self.elapsed))
    }

    /// The time within which so many thousandths of the requests were answered.
    pub(crate) fn quantile_us(&self, thousandths: usize) -> u64 {
        let mut sorted = self.took_us.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted.get(sorted.len() * thousandths / 1000).or(sorted.get(last)).copied().unwrap_or(0)
    }

    /// Sends one request and counts what comes back. Says whether it was as expected; the time runs from `since`.
    async fn ask(
        &mut self,
        connection: &mut Connection,
        index: usize,
        request: &[u8],
        since: Instant,
        expected: u16,
    ) -> bool {
        match connection.ask(request).await {
            Ok(answer) if answer.status == expected => {
                self.acknowledged.push(index);
                self.took_us.push(micros(since.elapsed()));
                return true;
            }
            Ok(answer) => {
                self.refusal = Some(format!("{} {}", answer.status, String::from_utf8_lossy(answer.body)));
            }
            Err(_) => self.broken += 1,
        }
        false
    }

    fn and(mut self, other: Self) -> Self {
        self.acknowledged.extend(other.acknowledged);
        self.took_us.extend(other.took_us);
        self.refusal = self.refusal.or(other.refusal);
        self.broken += other.broken;
        self
    }
}

/// Tells when so many requests were acknowledged.
pub(crate) struct Mark {
    at: usize,
    count: AtomicUsize,
    reached: Notify,
}

impl Mark {
    pub(crate) fn at(at: usize) -> Self {
        Self { at, count: AtomicUsize::new(0), reached: Notify::new() }
    }

    /// Waits until it is reached.
    pub(crate) async fn reached(&self) {
        self.reached.notified().await;
    }

    /// Nobody waits for it any longer: the load is over.
    fn pass(&self) {
        self.reached.notify_one();
    }

    fn count(&self) {
        if self.count.fetch_add(1, Ordering::Relaxed) + 1 == self.at {
            self.reached.notify_one();
        }
    }
}

/// Sends all requests over so many connections. `expected` is the status that acknowledges.
pub(crate) async fn run(
    address: SocketAddr,
    requests: Arc<Requests>,
    connections: usize,
    expected: u16,
    mark: Arc<Mark>,
) -> Result<Done> {
    let open = open(address, connections).await?;
    let next = Arc::new(AtomicUsize::new(0));
    let started = Instant::now();
    let tasks: Vec<_> = open
        .into_iter()
        .map(|connection| {
            let (requests, next, mark) = (Arc::clone(&requests), Arc::clone(&next), Arc::clone(&mark));
            tokio::spawn(send(connection, requests, next, expected, mark))
        })
        .collect();
    let mut done = Done::default();
    for task in tasks {
        done = done.and(task.await?);
    }
    done.elapsed = started.elapsed();
    mark.pass();
    Ok(done)
}

async fn open(address: SocketAddr, connections: usize) -> Result<Vec<Connection>> {
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    Ok(open)
}

async fn send(
    mut connection: Connection,
    requests: Arc<Requests>,
    next: Arc<AtomicUsize>,
    expected: u16,
    mark: Arc<Mark>,
) -> Done {
    let mut done = Done::default();
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(request) = requests.get(index) else { return done };
        if !done.ask(&mut connection, index, request, Instant::now(), expected).await {
            return done;
        }
        mark.count();
    }
}
