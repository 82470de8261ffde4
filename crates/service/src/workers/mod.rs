//! Background work of every process. Each kind goes its own way, so that none waits for another.

mod clearing;
mod due;
mod shares;

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

pub(crate) use self::due::DuePlaces;
use crate::Services;
use crate::error::ServiceError;
use crate::rate_limits::ALIVE_EVERY;

/// How often it is written down when keys were last used.
const LAST_USES_EVERY: Duration = Duration::from_secs(3);
/// How often the platform's keys are looked at.
const KEYS_EVERY: Duration = Duration::from_secs(60);

/// Tells the workers to end.
pub(crate) struct Draining(watch::Sender<bool>);

impl Default for Draining {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Draining {
    /// Ends the workers, now or before they start to wait.
    pub(crate) fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether the workers are to end.
    pub(crate) fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the workers are to end.
    pub(crate) async fn begun(&self) {
        // The sender is this value, so it cannot be gone.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}

/// Starts the workers. They end when the services are drained.
pub(crate) fn start(services: &Services) {
    let own = || services.clone();
    tokio::spawn(repeat(own(), due::DUE_EVERY, |services| async move { services.take_up_all_due_work().await }));
    tokio::spawn(repeat(own(), ALIVE_EVERY, |services| async move { services.count_processes().await.map(drop) }));
    tokio::spawn(repeat(own(), LAST_USES_EVERY, |services| async move { services.write_last_uses().await }));
    tokio::spawn(repeat(own(), KEYS_EVERY, |services| async move { services.keep_platform_keys().await }));
    tokio::spawn(repeat(own(), clearing::CLEAR_EVERY, |services| async move {
        services.clear_old_rows().await;
        Ok(())
    }));
}

/// Does some work at once, and again so long after it began, but never twice at a time.
async fn repeat<F>(services: Services, every: Duration, work: impl Fn(Services) -> F)
where
    F: Future<Output = Result<(), ServiceError>>,
{
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = services.0.draining.begun() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = work(services.clone()).await {
            tracing::warn!(%error, "background work failed and will be tried again: {error}");
        }
    }
}
