//! The load of people who do not wait for each other: requests leave at a fixed rate, however long the
//! answers take, and each is timed from the moment when it was to leave. Whatever had to wait for a free
//! connection counts as waiting.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::{Mutex, mpsc};

use super::{Done, open};
use crate::connection::Connection;
use crate::requests::Requests;

/// A request whose time has come.
struct Due {
    index: usize,
    since: Instant,
}

type Waiting = Arc<Mutex<mpsc::UnboundedReceiver<Due>>>;

/// Sends all requests at so many per second. `expected` is the status that acknowledges.
pub(crate) async fn run(
    address: SocketAddr,
    requests: Arc<Requests>,
    connections: usize,
    per_second: u64,
    expected: u16,
) -> Result<Done> {
    let open = open(address, connections).await?;
    let (due, waiting) = mpsc::unbounded_channel();
    let waiting: Waiting = Arc::new(Mutex::new(waiting));
    let tasks: Vec<_> = open
        .into_iter()
        .map(|connection| tokio::spawn(send(connection, Arc::clone(&requests), Arc::clone(&waiting), expected)))
        .collect();
    drop(waiting);
    let started = Instant::now();
    let count = requests.count();
    // A thread of its own, because the timer of the tasks knows whole milliseconds only.
    let pacer = thread::spawn(move || pace(&due, started, count, per_second));
    let mut done = Done::default();
    for task in tasks {
        done = done.and(task.await?);
    }
    done.elapsed = started.elapsed();
    let _ = pacer.join();
    Ok(done)
}

/// Tells of each request when its time has come; ends early when nobody listens any more.
fn pace(due: &mpsc::UnboundedSender<Due>, started: Instant, count: usize, per_second: u64) {
    for index in 0..count {
        let since = started + Duration::from_nanos(index as u64 * 1_000_000_000 / per_second.max(1));
        thread::sleep(since.saturating_duration_since(Instant::now()));
        if due.send(Due { index, since }).is_err() {
            return;
        }
    }
}

async fn send(mut connection: Connection, requests: Arc<Requests>, waiting: Waiting, expected: u16) -> Done {
    let mut done = Done::default();
    loop {
        let next = waiting.lock().await.recv().await;
        let Some(Due { index, since }) = next else { return done };
        let Some(request) = requests.get(index) else { return done };
        if !done.ask(&mut connection, index, request, since, expected).await {
            return done;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_due_at_the_rate_and_not_before() {
        let (due, mut waiting) = mpsc::unbounded_channel();
        let started = Instant::now();
        pace(&due, started, 3, 1_000);
        let times: Vec<_> = std::iter::from_fn(|| waiting.try_recv().ok()).map(|due| due.since - started).collect();
        assert_eq!(times, [0, 1, 2].map(Duration::from_millis));
        assert!(started.elapsed() >= Duration::from_millis(2));
    }
}
