//! Objects whose time has come: a channel owes an answer, or their time is over. Each is looked at by a task of its
//! own, so that none waits for the channel of another.

use std::sync::Arc;
use std::time::Duration;

use tallyport_domain::Environment;
use tallyport_domain::books::Command;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};
use tallyport_domain::movement::{Movement, MovementState};
use tallyport_domain::payment::{Payment, PaymentState, Taken};
use tallyport_domain::schedule::CALL_LEASE_MS;
use tallyport_storage::lane::{self, Lease};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::shares::Shares;
use crate::Services;
use crate::error::ServiceError;
use crate::lane::Entrance;
use crate::movements;
use crate::payments::{self, PaymentRefusal, came_too_late};

/// How often due objects are looked for.
pub(super) const DUE_EVERY: Duration = Duration::from_secs(1);
/// What waits under a clock that stands still is not looked at more often.
const FROZEN_WAIT_MS: i64 = 3_600_000;
/// How many objects are leased at a time.
const LEASED_MAX: u32 = 64;
/// How many objects are under way at once. Those that wait for a channel need nothing but their place.
const UNDER_WAY_MAX: usize = 1_024;
/// How many of them are read, postponed or expired at once: requests need the database and the lane as well.
const AT_WORK_MAX: usize = 4;

/// When an object is looked at again whose application has all of its places in use.
const SHARE_WAIT_MS: i64 = 5_000;

/// The places of the objects that are under way.
pub(crate) struct DuePlaces {
    under_way: Arc<Semaphore>,
    shares: Shares,
    at_work: Semaphore,
}

impl Default for DuePlaces {
    fn default() -> Self {
        Self {
            under_way: Arc::new(Semaphore::new(UNDER_WAY_MAX)),
            shares: Shares::default(),
            at_work: Semaphore::new(AT_WORK_MAX),
        }
    }
}

/// What a channel has to be asked about.
enum Waiting {
    Payment(Box<Payment>),
    Movement(Box<Movement>),
}

impl Waiting {
    const fn application_id(&self) -> AppId {
        match self {
            Self::Payment(payment) => payment.asked.application_id,
            Self::Movement(movement) => movement.application_id,
        }
    }
}

impl Services {
    /// Looks at the objects whose time has come: asks channels again, ends what is over. Returns how many there were,
    /// once it is done with all of them.
    pub async fn do_due_work(&self) -> Result<usize, ServiceError> {
        let under_way = self.take_up_due_work().await?;
        let count = under_way.len();
        for object in under_way {
            object.await.map_err(|_| ServiceError::broken("the look at a due object ended early"))?;
        }
        Ok(count)
    }

    /// Begins to look at every object whose time has come.
    pub(super) async fn take_up_all_due_work(&self) -> Result<(), ServiceError> {
        let mut is_more_likely = true;
        while is_more_likely && !self.0.draining.has_begun() {
            is_more_likely = self.take_up_due_work().await?.len() == LEASED_MAX as usize;
        }
        Ok(())
    }

    /// Leases objects whose time has come and begins to look at them. There is a place for each by then, so that leases
    /// do not run out while their objects wait for one.
    async fn take_up_due_work(&self) -> Result<Vec<JoinHandle<()>>, ServiceError> {
        let places = Arc::clone(&self.0.due_places.under_way).acquire_many_owned(LEASED_MAX);
        let mut places = places.await.map_err(|_| ServiceError::Stopping)?;
        let entrance = self.lane().enter()?;
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let leased = lane::lease_due_work(&mut tx, now_ms, now_ms + CALL_LEASE_MS, LEASED_MAX.into()).await?;
        tx.commit().await?;
        let mut under_way = Vec::with_capacity(leased.len());
        for lease in leased {
            let lease = match lease {
                Ok(lease) => lease,
                Err(error) => {
                    tracing::error!(%error, "what is due cannot be looked at: {error}");
                    continue;
                }
            };
            let (services, entrance, place) = (self.clone(), entrance.clone(), places.split(1));
            under_way.push(tokio::spawn(async move {
                services.look_at(&entrance, lease).await;
                drop(place);
            }));
        }
        Ok(under_way)
    }

    /// Whatever becomes of it, the others go on.
    async fn look_at(&self, entrance: &Entrance, lease: Lease) {
        let id = lease.id;
        match self.do_what_is_due(entrance, lease).await {
            Ok(()) => {}
            // Its maker was only slow, and came first.
            Err(refusal) if came_too_late(&refusal) => {}
            Err(PaymentRefusal::Service(error)) if error.is_temporary() => {
                tracing::warn!(%error, object = %id, "{id} will be looked at again: {error}");
            }
            Err(refusal) => {
                tracing::error!(%refusal, object = %id, "what is due of {id} cannot be booked: {refusal}");
            }
        }
    }

    async fn do_what_is_due(&self, entrance: &Entrance, lease: Lease) -> Result<(), PaymentRefusal> {
        let Some(waiting) = self.end_or_find(entrance, lease).await? else { return Ok(()) };
        let Some(_share) = self.0.due_places.shares.take(waiting.application_id()) else {
            return Ok(self.put_off(lease, self.clock().now_ms() + SHARE_WAIT_MS).await?);
        };
        match waiting {
            Waiting::Payment(payment) => {
                tracing::info!(payment = %lease.id, "asking the channel about {}", lease.id);
                payments::settle(entrance, &self.roster(), &payment).await?;
            }
            Waiting::Movement(movement) => movements::settle(entrance, &self.roster(), &movement).await?,
        }
        Ok(())
    }

    /// Does what can be done without a channel; otherwise finds what one has to be asked about.
    async fn end_or_find(&self, entrance: &Entrance, lease: Lease) -> Result<Option<Waiting>, PaymentRefusal> {
        let _at_work = self.0.due_places.at_work.acquire().await.map_err(|_| ServiceError::Stopping)?;
        match lease.id {
            ObjectId::Payment(id) => self.end_or_find_payment(entrance, lease, id).await,
            _ => Ok(self.find_movement_that_waits(lease).await?),
        }
    }

    async fn end_or_find_payment(
        &self,
        entrance: &Entrance,
        lease: Lease,
        id: PaymentId,
    ) -> Result<Option<Waiting>, PaymentRefusal> {
        let payment = self.load_payment(id).await?.ok_or(ServiceError::broken("a due payment is not there"))?;
        let (application_id, environment) = (payment.asked.application_id, payment.asked.environment);
        if self.postpones(lease, application_id, environment, payment.state.due_at_ms()).await? {
            return Ok(None);
        }
        match payment.state {
            PaymentState::Processing | PaymentState::Unknown { .. } => {
                return Ok(Some(Waiting::Payment(Box::new(payment))));
            }
            PaymentState::Created { .. }
            | PaymentState::RequiresAction { .. }
            | PaymentState::Authorized { .. }
            | PaymentState::Taken(Taken { capture_until_ms: Some(_), .. }) => {
                entrance.go_on(Command::ExpirePayment { payment: id }).await??;
            }
            _ => {}
        }
        Ok(None)
    }

    async fn find_movement_that_waits(&self, lease: Lease) -> Result<Option<Waiting>, ServiceError> {
        let found = self.load_movement(lease.id).await?;
        let movement = found.ok_or(ServiceError::broken("a due movement is not there"))?;
        let due_at_ms = match movement.state {
            MovementState::Unknown { next_check_at_ms, .. } => Some(next_check_at_ms),
            _ => None,
        };
        if self.postpones(lease, movement.application_id, movement.environment, due_at_ms).await? {
            return Ok(None);
        }
        Ok(Some(Waiting::Movement(Box::new(movement))))
    }

    /// Lets an object wait for whose application it is not yet time: its sandbox's clock stands still, or
    /// stood still for a while. Moving the clock sets the times of what waits.
    async fn postpones(
        &self,
        lease: Lease,
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
        self.put_off(lease, reading.platform_ms.saturating_add(wait_ms)).await?;
        Ok(true)
    }

    async fn put_off(&self, lease: Lease, due_at_ms: i64) -> Result<(), ServiceError> {
        let mut tx = self.db().begin_write().await?;
        lane::postpone(&mut tx, lease, due_at_ms).await?;
        Ok(tx.commit().await?)
    }
}
