//! The queue that administrators work through.

use tallyport_domain::administration::ListOrder;
use tallyport_domain::approval::ApprovalStatus;
use tallyport_storage::approval::queue::{self, QueueQuery, QueuedRecord};

use crate::Services;
use crate::admin::{Administrator, ListPage};
use crate::error::ServiceError;

/// A longer search finds nothing more.
const SEARCH_CHARS_MAX: usize = 100;

impl Services {
    /// One page of the queue.
    pub async fn list_approvals(
        &self,
        _administrator: &Administrator,
        query: &QueueQuery,
        order: ListOrder,
        offset: u64,
        limit: u32,
    ) -> Result<ListPage<QueuedRecord>, ServiceError> {
        let mut query = query.clone();
        query.states.retain(|state| *state != ApprovalStatus::Draft);
        query.search = query.search.chars().take(SEARCH_CHARS_MAX).collect();
        let (rows, total) = queue::list(&mut self.db().read().await?, &query, order, offset, limit).await?;
        Ok(ListPage { rows, total })
    }

    /// How many applications stand where.
    pub async fn count_approvals(
        &self,
        _administrator: &Administrator,
    ) -> Result<Vec<(ApprovalStatus, u64)>, ServiceError> {
        Ok(queue::count(&mut self.db().read().await?).await?)
    }
}
