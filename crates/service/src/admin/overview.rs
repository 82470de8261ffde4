//! What an administrator wants to see first.

use tallyport_domain::approval::ApprovalStatus;
use tallyport_storage::administration::{self, Figures, PaymentCount};
use tallyport_storage::approval::queue;

use super::Administrator;
use crate::Services;
use crate::audit::ChainState;
use crate::error::ServiceError;

/// The platform at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// How much there is of everything but payments.
    pub figures: Figures,
    /// Payments since midnight, UTC.
    pub payments_today: PaymentCount,
    /// How many applications wait for an administrator.
    pub approvals_waiting: u64,
    /// Whether the newest entries of the audit log follow from each other.
    pub audit: ChainState,
}

impl Services {
    /// The platform at a glance.
    pub async fn admin_overview(&self, _by: &Administrator) -> Result<Overview, ServiceError> {
        let mut reader = self.db().read().await?;
        let figures = administration::figures(&mut reader).await?;
        let payments_today = self.payments_today().count(&mut reader, self.clock().now_ms()).await?;
        let approvals = queue::count(&mut reader).await?;
        drop(reader);
        let waiting = approvals.iter().filter(|(status, _)| ApprovalStatus::WAITING.contains(status));
        let approvals_waiting = waiting.map(|(_, count)| count).sum();
        let audit = self.verify_newest_audit_entries().await?;
        Ok(Overview { figures, payments_today, approvals_waiting, audit })
    }
}
