//! What the live environment may do for an application, asked on every live call.

use std::time::Duration;

use moka::sync::Cache;
use tallyport_domain::approval::Standing;
use tallyport_domain::ids::AppId;
use tallyport_storage::Conn;
use tallyport_storage::approval::approvals;

use crate::Services;
use crate::error::ServiceError;

/// How many standings are kept at hand.
const REMEMBERED_MAX: u64 = 50_000;
/// For how long one is used before the database is asked again: the time within which a suspension is
/// seen by every process.
const REMEMBERED_FOR: Duration = Duration::from_millis(900);

/// Standings that were looked up a moment ago.
#[derive(Clone)]
pub(crate) struct StandingCache(Cache<AppId, Standing>);

impl Default for StandingCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(REMEMBERED_MAX).time_to_live(REMEMBERED_FOR).build())
    }
}

impl StandingCache {
    /// The next question goes to the database.
    pub(crate) fn forget(&self, id: AppId) {
        self.0.invalidate(&id);
    }
}

impl Services {
    /// What the live environment may do for an application at this moment. Whoever makes something for
    /// live asks in the transaction that makes it.
    pub async fn live_standing(&self, on: impl Into<Conn<'_>>, id: AppId) -> Result<Standing, ServiceError> {
        Ok(approvals::find_standing(on, id).await?)
    }

    /// The same as it was less than a second ago.
    pub async fn recent_standing(&self, id: AppId) -> Result<Standing, ServiceError> {
        if let Some(standing) = self.standing_cache().0.get(&id) {
            return Ok(standing);
        }
        let standing = self.live_standing(&mut self.db().read().await?, id).await?;
        self.standing_cache().0.insert(id, standing);
        Ok(standing)
    }

    /// Makes this process ask the database the next time.
    pub fn forget_standing(&self, id: AppId) {
        self.standing_cache().forget(id);
    }
}
