//! What an application may know of itself when it calls.

use tallyport_storage::applications::{self, ApplicationRecord};

use crate::Services;
use crate::caller::Caller;
use crate::error::ServiceError;

impl Services {
    /// The application that calls.
    pub async fn calling_application(&self, caller: &Caller) -> Result<ApplicationRecord, ServiceError> {
        let found = applications::find(&mut self.db().read().await?, caller.application_id).await?;
        found.ok_or(ServiceError::broken("the application of a valid token is gone"))
    }
}
