//! The queue that administrators work through.

use tallyport_domain::Role;
use tallyport_domain::approval::ApprovalStatus;
use tallyport_storage::approval::queue::{self, QueueQuery, QueuedRecord};

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;

/// A longer search finds nothing more.
const SEARCH_CHARS_MAX: usize = 100;

impl Services {
    /// One page of the queue. For whoever is no administrator there is none.
    pub async fn list_approvals(
        &self,
        member: &Member,
        query: &QueueQuery,
        limit: u32,
    ) -> Result<Option<Vec<QueuedRecord>>, ServiceError> {
        if member.role != Role::Administrator {
            return Ok(None);
        }
        let mut query = query.clone();
        query.states.retain(|state| *state != ApprovalStatus::Draft);
        query.search = query.search.chars().take(SEARCH_CHARS_MAX).collect();
        Ok(Some(queue::list(&mut self.db().read().await?, &query, limit).await?))
    }

    /// How many applications stand where.
    pub async fn count_approvals(&self, member: &Member) -> Result<Vec<(ApprovalStatus, u64)>, ServiceError> {
        if member.role != Role::Administrator {
            return Ok(Vec::new());
        }
        Ok(queue::count(&mut self.db().read().await?).await?)
    }
}
