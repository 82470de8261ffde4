//! The reader's own sandbox key, for samples that run as they are copied.

use leptos::prelude::use_context;
use tallyport_domain::Environment;
use tallyport_domain::credential::Standing;
use tallyport_service::{Member, ServiceError, Services};

use crate::visit::visit;

/// A key of the reader and the application that it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct OwnKey {
    pub(crate) api_key: String,
    pub(crate) application_id: String,
}

/// Of how many of the newest applications the keys are looked at.
const APPLICATIONS_SEARCHED: u32 = 5;

/// The newest usable sandbox key of the reader's newest application that has one. A database that does not answer
/// costs the convenience, not the page.
pub(crate) async fn own_key() -> Option<OwnKey> {
    let (member, services) = (visit().signed_in?, use_context::<Services>()?);
    find(&services, &member).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the reader's own key cannot be read, showing none: {error}");
        None
    })
}

async fn find(services: &Services, member: &Member) -> Result<Option<OwnKey>, ServiceError> {
    let now_ms = services.clock().now_ms();
    for application in services.list_applications(member, None, APPLICATIONS_SEARCHED).await? {
        let credentials = services.list_credentials(member, application.id, Environment::Sandbox).await?;
        let mut credentials = credentials.into_iter().map(|listed| listed.credential);
        let usable = credentials.find(|key| Standing::of(key.revoked_at_ms, key.expires_at_ms, now_ms).is_usable());
        if let Some(credential) = usable {
            let (api_key, application_id) = (credential.api_key.to_string(), application.id.to_string());
            return Ok(Some(OwnKey { api_key, application_id }));
        }
    }
    Ok(None)
}
