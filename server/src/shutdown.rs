//! Ending: the signal that starts it and the word that everybody who must stop listens for.

use tokio::sync::watch;

/// Says once that the server drains; whoever holds the [`Drain`] hears it.
#[derive(Debug)]
pub struct Shutdown {
    sender: watch::Sender<bool>,
}

/// The listening side of [`Shutdown`].
#[derive(Clone, Debug)]
pub struct Drain {
    receiver: watch::Receiver<bool>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self { sender: watch::Sender::new(false) }
    }
}

impl Shutdown {
    /// A listener for this shutdown.
    #[must_use]
    pub fn drain(&self) -> Drain {
        Drain { receiver: self.sender.subscribe() }
    }

    /// Starts the drain. Further calls change nothing.
    pub fn begin(&self) {
        self.sender.send_replace(true);
    }
}

impl Drain {
    /// Whether the drain has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        *self.receiver.borrow()
    }

    /// Waits until the drain begins. A shutdown that was dropped counts as begun, so that nobody
    /// waits for a word that cannot come.
    pub async fn begun(&mut self) {
        let _ = self.receiver.wait_for(|begun| *begun).await;
    }
}

/// The signals that end the server: SIGTERM from service managers, SIGINT from terminals.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// Takes the signals over from their default, which is to end at once.
    ///
    /// # Errors
    /// When the system refuses to register a handler.
    pub fn listen() -> std::io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}

#[cfg(test)]
mod tests {
    use super::Shutdown;

    #[tokio::test]
    async fn a_drain_is_heard_before_and_after_it_begins() {
        let shutdown = Shutdown::default();
        let mut early = shutdown.drain();
        assert!(!early.has_begun());
        shutdown.begin();
        early.begun().await;
        let mut late = shutdown.drain();
        late.begun().await;
        assert!(late.has_begun());
    }

    #[tokio::test]
    async fn a_dropped_shutdown_leaves_nobody_waiting() {
        let mut drain = Shutdown::default().drain();
        drain.begun().await;
    }
}
