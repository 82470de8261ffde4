//! Clearing away rows that have had their time.

use std::time::Duration;

use tallyport_storage::expired::{EXPIRING, Expiring};

use crate::Services;
use crate::error::ServiceError;

/// How often old rows are cleared away.
pub(super) const CLEAR_EVERY: Duration = Duration::from_secs(60);
/// How many rows one transaction takes away. On SQLite nobody else writes meanwhile.
const CLEARED_MAX: u32 = 1_000;

impl Services {
    /// Clears away what has had its time. Whatever cannot be cleared stays until the next time, and keeps nothing
    /// else from going.
    pub async fn clear_old_rows(&self) {
        for expiring in EXPIRING {
            report(expiring.table, self.clear_expired(expiring).await);
        }
        report("mails", self.clear_old_mails().await);
    }

    async fn clear_expired(&self, expiring: &Expiring) -> Result<(), ServiceError> {
        let now_ms = self.clock().now_ms();
        while !self.0.draining.has_begun() {
            let mut tx = self.db().begin_write().await?;
            let gone = expiring.delete(&mut tx, now_ms, CLEARED_MAX).await?;
            tx.commit().await?;
            if gone < u64::from(CLEARED_MAX) {
                break;
            }
        }
        Ok(())
    }

    async fn clear_old_mails(&self) -> Result<(), ServiceError> {
        while !self.0.draining.has_begun() && self.delete_old_mails(CLEARED_MAX).await? == u64::from(CLEARED_MAX) {}
        Ok(())
    }
}

fn report(table: &'static str, cleared: Result<(), ServiceError>) {
    match cleared {
        Ok(()) => {}
        Err(error) if error.is_temporary() => {
            tracing::warn!(%error, table, "old rows of {table} stay for now: {error}");
        }
        Err(error) => tracing::error!(%error, table, "old rows of {table} cannot be cleared away: {error}"),
    }
}
