//! Whether an application may have live credentials.

use tallyport_domain::ids::AppId;
use tallyport_storage::Conn;

use crate::Services;
use crate::error::ServiceError;

impl Services {
    /// Live credentials exist only for applications that were approved and are not suspended.
    pub(crate) async fn live_is_open(
        &self,
        on: impl Into<Conn<'_>>,
        application_id: AppId,
    ) -> Result<bool, ServiceError> {
        Ok(self.live_standing(on, application_id).await?.is_open())
    }
}
