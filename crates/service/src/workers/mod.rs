//! Background work of every process: objects that wait for a channel or for their time to be over,
//! and rows that have had theirs.

mod clearing;

use std::time::Duration;

use tallyport_domain::Environment;
use tallyport_domain::books::Command;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};
use tallyport_domain::movement::MovementState;
use tallyport_domain::payment::{PaymentState, Taken};
use tallyport_domain::schedule::CALL_LEASE_MS;
use tallyport_storage::lane;
use tokio::sync::watch;

use crate::Services;
use crate::error::ServiceError;
use crate::lane::Entrance;
use crate::movements;
use crate::payments::{self, PaymentRefusal, came_too_late};
use crate::rate_limits::ALIVE_EVERY;

/// How often due objects are looked for.
const DUE_EVERY: Duration = Duration::from_secs(1);
/// How often it is written down when keys were last used.
const LAST_USES_EVERY: Duration = Duration::from_secs(3);
/// What waits under a clock that stands still is not looked at more often.
const FROZEN_WAIT_MS: i64 = 3_600_000;
/// How many objects are taken up at a time.
const DUE_MAX: i64 = 64;

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

/// Works until the services are drained.
pub(crate) async fn run(services: Services) {
    let mut due = tokio::time::interval(DUE_EVERY);
    let mut last_uses = tokio::time::interval(LAST_USES_EVERY);
    let mut clear = tokio::time::interval(clearing::CLEAR_EVERY);
    let mut alive = tokio::time::interval(ALIVE_EVERY);
    alive.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    last_uses.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    clear.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let done = tokio::select! {
            () = services.0.draining.begun() => return,
            _ = due.tick() => services.do_due_work().await.map(|_| ()),
            _ = alive.tick() => services.count_processes().await.map(|_| ()),
            _ = last_uses.tick() => services.write_last_uses().await,
            _ = clear.tick() => {
                services.clear_old_rows().await;
                services.keep_platform_keys().await
            }
        };
        if let Err(error) = done {
            tracing::warn!(%error, "background work failed and will be tried again");
        }
    }
}

impl Services {
    /// Looks at every object whose time has come: asks channels again, ends what is over. Returns how
    /// many there were.
    pub async fn do_due_work(&self) -> Result<usize, ServiceError> {
        let entrance = self.lane().enter()?;
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let due = lane::lease_due_work(&mut tx, now_ms, now_ms + CALL_LEASE_MS, DUE_MAX).await?;
        tx.commit().await?;
        for id in &due {
            match self.look_at(&entrance, *id).await {
                Ok(()) => {}
                Err(PaymentRefusal::Service(error)) => return Err(error),
                // Its maker was only slow, and came first.
                Err(refusal) if came_too_late(&refusal) => {}
                Err(refusal) => {
                    tracing::error!(%refusal, object = %id, "what is due of {id} cannot be booked: {refusal}");
                }
            }
        }
        Ok(due.len())
    }

    async fn look_at(&self, entrance: &Entrance, id: ObjectId) -> Result<(), PaymentRefusal> {
        match id {
            ObjectId::Payment(id) => self.look_at_payment(entrance, id).await,
            id => self.look_at_movement(entrance, id).await,
        }
    }

    async fn look_at_payment(&self, entrance: &Entrance, id: PaymentId) -> Result<(), PaymentRefusal> {
        let payment = self.load_payment(id).await?.ok_or(ServiceError::broken("a due payment is not there"))?;
        let (application_id, environment) = (payment.asked.application_id, payment.asked.environment);
        let due_at_ms = payment.state.due_at_ms();
        if self.postpones(ObjectId::Payment(id), application_id, environment, due_at_ms).await? {
            return Ok(());
        }
        match payment.state {
            PaymentState::Processing | PaymentState::Unknown { .. } => {
                tracing::info!(payment = %id, "asking the channel about {id}");
                payments::settle(entrance, &self.roster(), &payment).await?;
            }
            PaymentState::Created { .. }
            | PaymentState::RequiresAction { .. }
            | PaymentState::Authorized { .. }
            | PaymentState::Taken(Taken { capture_until_ms: Some(_), .. }) => {
                entrance.go_on(Command::ExpirePayment { payment: id }).await??;
            }
            _ => {}
        }
        Ok(())
    }

    async fn look_at_movement(&self, entrance: &Entrance, id: ObjectId) -> Result<(), PaymentRefusal> {
        let movement = self.load_movement(id).await?.ok_or(ServiceError::broken("a due movement is not there"))?;
        let due_at_ms = match movement.state {
            MovementState::Unknown { next_check_at_ms, .. } => Some(next_check_at_ms),
            _ => None,
        };
        if self.postpones(id, movement.application_id, movement.environment, due_at_ms).await? {
            return Ok(());
        }
        movements::settle(entrance, &self.roster(), &movement).await
    }

    /// Lets an object wait for whose application it is not yet time: its sandbox's clock stands still, or
    /// stood still for a while. Moving the clock sets the times of what waits.
    async fn postpones(
        &self,
        id: ObjectId,
        application_id: AppId,
        environment: Environment,
        due_at_ms: Option<i64>,
    ) -> Result<bool, ServiceError> {
        let Some(due_at_ms) = due_at_ms.filter(|_| environment == Environment::Sandbox) else { return Ok(false) };
        let reading = self.read_clock(application_id).await?;
        let wait_ms = due_at_ms.saturating_sub(reading.now_ms);
        if wait_ms <= 0 {
            return Ok(false);
        }
        let wait_ms = if reading.clock.is_frozen() { wait_ms.max(FROZEN_WAIT_MS) } else { wait_ms };
        let due_at_ms = reading.platform_ms.saturating_add(wait_ms);
        let mut tx = self.db().begin_write().await?;
        lane::postpone(&mut tx, id, due_at_ms).await?;
        tx.commit().await?;
        Ok(true)
    }
}
