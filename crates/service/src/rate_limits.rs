//! How many calls of the open API each application may make. Exact in one process; several processes
//! share an application's allowance in equal parts, by how many of them are alive.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tallyport_domain::Environment;
use tallyport_domain::ids::AppId;
use tallyport_domain::rate::{Allowance, CallClass, Standing, TooMany};
use tallyport_storage::{Dialect, processes};

use crate::Services;
use crate::caller::Caller;
use crate::error::ServiceError;

/// How often a process says that it is alive.
pub(crate) const ALIVE_EVERY: Duration = Duration::from_secs(2);
/// After how long without a sign a process counts as gone.
const GONE_AFTER_MS: i64 = 7_000;
/// Callers that are remembered at once. Beyond, those who have their whole allowance are forgotten.
const REMEMBERED_MAX: usize = 100_000;

type Counted = (AppId, Environment, CallClass);

/// When each caller will have the whole allowance again.
#[derive(Debug)]
pub(crate) struct RateLimits {
    whole_at_us: Mutex<HashMap<Counted, i64>>,
    processes: AtomicU32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { whole_at_us: Mutex::default(), processes: AtomicU32::new(1) }
    }
}

impl RateLimits {
    fn take(&self, counted: Counted, allowance: Allowance, now_us: i64) -> Result<Standing, TooMany> {
        let allowance = allowance.share_of(self.processes.load(Ordering::Relaxed));
        // A number is whole whatever panicked beside it.
        let mut whole_at_us = self.whole_at_us.lock().unwrap_or_else(PoisonError::into_inner);
        if whole_at_us.len() >= REMEMBERED_MAX {
            whole_at_us.retain(|_, at| *at > now_us);
        }
        let at = whole_at_us.entry(counted).or_insert(now_us);
        let (after, standing) = allowance.take(*at, now_us)?;
        *at = after;
        Ok(standing)
    }
}

impl Services {
    /// Lets a call of this class through, or says when it may come again.
    pub async fn admit(&self, caller: &Caller, class: CallClass) -> Result<Result<Standing, TooMany>, ServiceError> {
        let rate = self.limits_in_force(caller).await?.limits.of(class);
        let counted = (caller.application_id, caller.environment, class);
        let now_us = self.clock().now_ms().saturating_mul(1000);
        Ok(self.rate_limits().take(counted, rate.allowance(), now_us))
    }

    /// Says that this process is alive, and learns how many are. An SQLite file has one server.
    pub async fn count_processes(&self) -> Result<u32, ServiceError> {
        if self.db().dialect() == Dialect::Sqlite {
            return Ok(1);
        }
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        processes::mark_alive(&mut tx, self.process_id(), now_ms).await?;
        processes::delete_gone(&mut tx, now_ms - GONE_AFTER_MS).await?;
        let alive = processes::count(&mut tx).await?;
        tx.commit().await?;
        self.rate_limits().processes.store(alive, Ordering::Relaxed);
        Ok(alive)
    }

    /// Says that this process is about to end, so that the others need not wait for its silence.
    pub(crate) async fn leave_processes(&self) -> Result<(), ServiceError> {
        if self.db().dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let mut tx = self.db().begin_write().await?;
        processes::delete(&mut tx, self.process_id()).await?;
        Ok(tx.commit().await?)
    }
}
