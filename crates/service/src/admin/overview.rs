//! What an administrator wants to see first.

use tallyport_storage::administration::{self, Figures};

use super::Administrator;
use crate::Services;
use crate::audit::ChainState;
use crate::error::ServiceError;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The platform at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// How much of everything there is; payments are those since midnight, UTC.
    pub figures: Figures,
    /// Whether the newest entries of the audit log follow from each other.
    pub audit: ChainState,
}

impl Services {
    /// The platform at a glance.
    pub async fn admin_overview(&self, _by: &Administrator) -> Result<Overview, ServiceError> {
        let midnight_ms = self.clock().now_ms().div_euclid(DAY_MS) * DAY_MS;
        let figures = administration::figures(&mut self.db().read().await?, midnight_ms).await?;
        Ok(Overview { figures, audit: self.verify_newest_audit_entries().await? })
    }
}
