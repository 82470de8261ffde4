//! The answer to a connection that no slot is left for: a 503 that says when to come again.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// Refusals being written at once; beyond, connections are just closed.
const REFUSALS_MAX: usize = 256;
/// Time for one refusal; the peer may not hold it open.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(1);

const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\n\
    content-type: application/problem+json\r\n\
    content-length: 131\r\n\
    cache-control: no-store\r\n\
    retry-after: 1\r\n\
    connection: close\r\n\r\n\
    {\"type\":\"about:blank\",\"title\":\"Too many connections\",\"status\":503,\"code\":\"overloaded\",\"retryable\":true,\"hint\":\"Retry in a second.\"}";

/// Writes refusals aside, so that accepting goes on.
#[derive(Debug)]
pub(super) struct Refusals {
    slots: Arc<Semaphore>,
}

impl Default for Refusals {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(REFUSALS_MAX)) }
    }
}

impl Refusals {
    /// Answers 503 in the background and closes.
    pub(super) fn answer(&self, stream: TcpStream) {
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else { return };
        tokio::spawn(async move {
            let _ = tokio::time::timeout(REFUSAL_TIMEOUT, write(stream)).await;
            drop(slot);
        });
    }
}

/// Closing a socket with unread input resets it and may destroy the answer on its way, so the
/// request is read and thrown away first.
async fn write(mut stream: TcpStream) -> std::io::Result<()> {
    stream.write_all(ANSWER).await?;
    stream.shutdown().await?;
    let mut thrown_away = [0; 1024];
    while stream.read(&mut thrown_away).await? > 0 {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::ANSWER;

    #[test]
    fn the_answer_states_its_own_length() {
        let text = std::str::from_utf8(ANSWER).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{}", body.len());
        serde_json::from_str::<serde_json::Value>(body).unwrap();
    }
}
