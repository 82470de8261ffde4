//! The time of an application's sandbox: looking at it, and moving it.

use serde_json::json;
use tallyport_contract::time::rfc3339;
use tallyport_domain::Environment;
use tallyport_domain::ids::AppId;
use tallyport_domain::sandbox_clock::{ClockMove, ClockRefusal, SandboxClock};
use tallyport_domain::scope::Scope;
use tallyport_domain::team::Power;
use tallyport_storage::sandbox_clocks;

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::{Caller, Member, ScopeMissing};
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// A clock and what it shows at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockReading {
    /// What the sandbox takes for the time.
    pub now_ms: i64,
    /// The clock, to move it only as it was seen.
    pub clock: SandboxClock,
    /// What the platform's clock shows.
    pub platform_ms: i64,
}

impl ClockReading {
    const fn of(clock: SandboxClock, platform_ms: i64) -> Self {
        Self { now_ms: clock.now_ms(platform_ms), clock, platform_ms }
    }
}

/// Why a clock is not shown or moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveClockRefusal {
    /// The token does not allow it.
    #[error(transparent)]
    Scope(#[from] ScopeMissing),
    /// Time cannot be moved in this environment.
    #[error("only the sandbox has a clock of its own")]
    Live,
    /// The member may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
    /// The clock does not go that way.
    #[error(transparent)]
    Clock(#[from] ClockRefusal),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<tallyport_storage::StorageError> for MoveClockRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// The clock of the caller's sandbox.
    pub async fn find_sandbox_clock(&self, caller: &Caller) -> Result<ClockReading, MoveClockRefusal> {
        caller.require(Scope::PaymentsRead)?;
        if caller.environment != Environment::Sandbox {
            return Err(MoveClockRefusal::Live);
        }
        Ok(self.read_clock(caller.application_id).await?)
    }

    /// Moves the clock of the caller's sandbox.
    pub async fn move_sandbox_clock(&self, caller: &Caller, by: ClockMove) -> Result<ClockReading, MoveClockRefusal> {
        caller.require(Scope::PaymentsWrite)?;
        if caller.environment != Environment::Sandbox {
            return Err(MoveClockRefusal::Live);
        }
        self.move_clock(caller.application_id, by, None).await
    }

    /// The clock of the sandbox of one of the member's applications.
    pub async fn find_member_clock(&self, member: &Member, id: AppId) -> Result<Option<ClockReading>, ServiceError> {
        if self.find_application(member, id).await?.is_none() {
            return Ok(None);
        }
        self.read_clock(id).await.map(Some)
    }

    /// Moves the clock of the sandbox of one of the member's applications.
    pub async fn move_member_clock(
        &self,
        member: &Member,
        id: AppId,
        by: ClockMove,
    ) -> Result<ClockReading, MoveClockRefusal> {
        self.move_clock(id, by, Some(member)).await
    }

    /// What an application takes for the time.
    pub(crate) async fn now_ms_in(&self, id: AppId, environment: Environment) -> Result<i64, ServiceError> {
        match environment {
            Environment::Sandbox => Ok(self.read_clock(id).await?.now_ms),
            Environment::Live => Ok(self.clock().now_ms()),
        }
    }

    pub(crate) async fn read_clock(&self, id: AppId) -> Result<ClockReading, ServiceError> {
        let clock = sandbox_clocks::find(&mut self.db().read().await?, id).await?;
        Ok(ClockReading::of(clock, self.clock().now_ms()))
    }

    async fn move_clock(
        &self,
        id: AppId,
        by: ClockMove,
        member: Option<&Member>,
    ) -> Result<ClockReading, MoveClockRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        if let Some(member) = member {
            self.application_for(&mut tx, member, id, Power::Develop).await?;
        }
        let before = sandbox_clocks::lock(&mut tx, id, now_ms).await?;
        let clock = before.moved(by, now_ms)?;
        if clock == before {
            // The same form, sent twice.
            tx.rollback().await?;
            return Ok(ClockReading::of(clock, now_ms));
        }
        sandbox_clocks::set(&mut tx, id, clock, now_ms).await?;
        if let Some(member) = member {
            let detail = json!({ "now": rfc3339(clock.now_ms(now_ms)), "frozen": clock.is_frozen() });
            let deed = Deed { action: "sandbox_clock.moved", object: id.to_string(), detail };
            self.record(&mut tx, &Actor::person(member), deed).await?;
        }
        tx.commit().await?;
        Ok(ClockReading::of(clock, now_ms))
    }
}
