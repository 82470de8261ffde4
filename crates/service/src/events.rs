//! Events: what happened to an application's objects.

use tallyport_domain::ids::EventId;
use tallyport_domain::scope::Scope;
use tallyport_storage::events;
pub use tallyport_storage::events::{EventRecord, Filter as EventFilter};

use crate::Services;
use crate::caller::Caller;
use crate::payments::PaymentRefusal;

impl Services {
    /// One of the caller's events.
    pub async fn find_event(&self, caller: &Caller, id: EventId) -> Result<Option<EventRecord>, PaymentRefusal> {
        caller.require(Scope::EventsRead)?;
        let mut reader = self.db().read().await.map_err(crate::ServiceError::from)?;
        let found = events::find(&mut reader, caller.application_id, caller.environment, id).await;
        Ok(found.map_err(crate::ServiceError::from)?)
    }

    /// The caller's events, newest first.
    pub async fn list_events(
        &self,
        caller: &Caller,
        filter: &EventFilter,
        before: Option<EventId>,
        limit: u32,
    ) -> Result<Vec<EventRecord>, PaymentRefusal> {
        caller.require(Scope::EventsRead)?;
        let mut reader = self.db().read().await.map_err(crate::ServiceError::from)?;
        let limit = i64::from(limit);
        let found = events::list(&mut reader, caller.application_id, caller.environment, filter, before, limit).await;
        Ok(found.map_err(crate::ServiceError::from)?)
    }
}
