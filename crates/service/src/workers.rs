//! Background work of every process: channel calls whose maker was lost, and rows that have had
//! their time.

use std::time::Duration;

use tallyport_domain::books::Refusal;
use tallyport_storage::{lane, one_time_links, sessions};
use tokio::sync::watch;

use crate::Services;
use crate::error::ServiceError;
use crate::lane::batch::CALL_LEASE_MS;
use crate::payments::{PaymentRefusal, settle};
use crate::rate_limits::ALIVE_EVERY;

/// How often lost calls are looked for.
const CALLS_EVERY: Duration = Duration::from_secs(1);
/// How often it is written down when keys were last used.
const LAST_USES_EVERY: Duration = Duration::from_secs(3);
/// How often old rows are cleared away.
const CLEAR_EVERY: Duration = Duration::from_secs(60);
/// How many calls are taken up at a time.
const CALLS_MAX: i64 = 64;
/// How many rows one clearing takes away; more wait for the next.
const CLEARED_MAX: u32 = 1_000;

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

    /// Waits until the workers are to end.
    pub(crate) async fn begun(&self) {
        // The sender is this value, so it cannot be gone.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}

/// Works until the services are drained.
pub(crate) async fn run(services: Services) {
    let mut calls = tokio::time::interval(CALLS_EVERY);
    let mut last_uses = tokio::time::interval(LAST_USES_EVERY);
    let mut clear = tokio::time::interval(CLEAR_EVERY);
    let mut alive = tokio::time::interval(ALIVE_EVERY);
    alive.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    calls.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    last_uses.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    clear.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            () = services.0.draining.begun() => return,
            _ = calls.tick() => services.take_up_lost_calls().await.map(|_| ()),
            _ = alive.tick() => services.count_processes().await.map(|_| ()),
            _ = last_uses.tick() => services.write_last_uses().await,
            _ = clear.tick() => services.clear_old_rows().await,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "background work failed and will be tried again");
        }
    }
}

impl Services {
    /// Finishes payments whose channel was asked by a process that is gone. Returns how many.
    pub async fn take_up_lost_calls(&self) -> Result<usize, ServiceError> {
        let entrance = self.lane().enter()?;
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let due = lane::lease_due_calls(&mut tx, now_ms, now_ms + CALL_LEASE_MS, CALLS_MAX).await?;
        tx.commit().await?;
        for id in &due {
            tracing::info!(payment = %id, "taking up channel call of {id}");
            let Some(payment) = tallyport_storage::payments::find(&mut self.db().read().await?, *id).await? else {
                return Err(ServiceError::broken("a channel call has no payment"));
            };
            match settle(&entrance, payment).await {
                // Its maker was only slow, and came first.
                Ok(_) | Err(PaymentRefusal::Books(Refusal::Answer(_))) => {}
                Err(PaymentRefusal::Service(error)) => return Err(error),
                Err(refusal) => tracing::error!(%refusal, payment = %id, "the answer about {id} cannot be booked"),
            }
        }
        Ok(due.len())
    }

    async fn clear_old_rows(&self) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        lane::delete_expired_nonces(&mut tx, now_ms).await?;
        sessions::delete_expired(&mut tx, now_ms, CLEARED_MAX).await?;
        one_time_links::delete_expired(&mut tx, now_ms, CLEARED_MAX).await?;
        tx.commit().await?;
        self.clear_old_mails(CLEARED_MAX).await
    }
}
