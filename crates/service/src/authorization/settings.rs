//! What an application is to the authorization server, as its team chooses.

use serde_json::json;
use tallyport_domain::Environment;
use tallyport_domain::ids::AppId;
use tallyport_domain::oauth::{ClientId, ClientKind, Profile};
use tallyport_domain::team::Power;
use tallyport_storage::authorization::clients::{self, ClientSettings};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// Why settings are not taken.
#[derive(Debug, thiserror::Error)]
pub enum SettingsRefusal {
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
    /// FAPI 2.0 is for clients that can keep a secret.
    #[error("the profile fapi2 is for confidential clients")]
    Profile,
}

impl From<ServiceError> for SettingsRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

impl From<tallyport_storage::StorageError> for SettingsRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        ServiceError::from(error).into()
    }
}

impl Services {
    /// What an application of the member's has chosen.
    pub async fn find_client_settings(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
    ) -> Result<ClientSettings, AccessRefusal> {
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        self.application_for(&mut reader, member, application_id, Power::View).await?;
        let client = ClientId { application_id, environment };
        Ok(clients::find_settings(&mut reader, client).await.map_err(ServiceError::from)?)
    }

    /// Takes new settings for an application of the member's. Those of the live world are the
    /// owner's to choose.
    pub async fn save_client_settings(
        &self,
        member: &Member,
        application_id: AppId,
        environment: Environment,
        settings: &ClientSettings,
    ) -> Result<(), SettingsRefusal> {
        check(settings)?;
        let mut tx = self.db().begin_write().await?;
        self.application_for(&mut tx, member, application_id, client_settings_power(environment)).await?;
        let client = ClientId { application_id, environment };
        clients::save_settings(&mut tx, client, settings, self.clock().now_ms()).await?;
        let detail = json!({
            "environment": environment.as_str(),
            "profile": settings.profile.as_str(),
            "kind": settings.kind.as_str(),
        });
        let deed = Deed { action: "client_settings.changed", object: application_id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.client_cache().forget(application_id);
        Ok(())
    }
}

/// What somebody has to be in the team to choose for this world.
#[must_use]
pub const fn client_settings_power(environment: Environment) -> Power {
    match environment {
        Environment::Sandbox => Power::Develop,
        Environment::Live => Power::Own,
    }
}

const fn check(settings: &ClientSettings) -> Result<(), SettingsRefusal> {
    match (settings.profile, settings.kind) {
        (Profile::Fapi2, ClientKind::Public) => Err(SettingsRefusal::Profile),
        _ => Ok(()),
    }
}
