//! The live half of a seeded application. Other applications get theirs once they were approved.

use serde_json::json;
use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::secrets::ApiSecret;

impl Services {
    /// Makes live credentials for an application that a command has just made and approved.
    pub async fn seed_live_credential(
        &self,
        member: &Member,
        application_id: AppId,
    ) -> Result<(ApiKey, ApiSecret), ServiceError> {
        let mut tx = self.db().begin_write().await?;
        if !self.live_standing(&mut tx, application_id).await?.is_open() {
            return Err(ServiceError::broken("the application is not approved for live"));
        }
        let made = self.make_credential(&mut tx, application_id, Environment::Live).await?;
        let deed = Deed {
            action: "credential.made",
            object: application_id.to_string(),
            detail: json!({ "api_key": made.0.to_string(), "environment": Environment::Live.as_str() }),
        };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        Ok(made)
    }
}
