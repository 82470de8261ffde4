//! Whether an application may have live credentials.

use tallyport_domain::ids::AppId;
use tallyport_storage::Conn;

use crate::Services;
use crate::error::ServiceError;

impl Services {
    /// Whether live keys may be made for the application: once an administrator approved it, and not
    /// while it is suspended.
    pub(crate) async fn live_is_open(
        &self,
        on: impl Into<Conn<'_>>,
        application_id: AppId,
    ) -> Result<bool, ServiceError> {
        Ok(self.live_standing(on, application_id).await?.is_open())
    }
}
