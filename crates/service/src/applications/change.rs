//! Changing what an application says about itself and from where it may be used.

use serde_json::json;
use tallyport_domain::ids::AppId;
use tallyport_domain::label;
use tallyport_domain::network::{AllowedNetworks, InvalidNetworks};
use tallyport_domain::redirect_uri::{InvalidRedirectUris, RedirectUris};
use tallyport_domain::team::Power;
use tallyport_storage::{StorageError, applications};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeFault {
    /// The name is empty, too long or has control characters.
    Name,
    /// The description is too long or has control characters.
    Description,
    /// A redirect URI is not taken.
    RedirectUris(InvalidRedirectUris),
    /// A network is none.
    Networks(InvalidNetworks),
}

/// Why an application is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeApplicationRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<ChangeFault>),
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for ChangeApplicationRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for ChangeApplicationRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

impl Services {
    /// Gives an application another name and description.
    pub async fn rename_application(
        &self,
        member: &Member,
        id: AppId,
        name: &str,
        description: &str,
    ) -> Result<(), ChangeApplicationRefusal> {
        let mut tx = self.db().begin_write().await?;
        let before = self.application_for(&mut tx, member, id, Power::Develop).await?.application;
        let (name, description) = match (label::name(name), label::description(description)) {
            (Ok(name), Ok(description)) => (name, description),
            (name, description) => {
                let faults =
                    [name.err().map(|_| ChangeFault::Name), description.err().map(|_| ChangeFault::Description)];
                return Err(ChangeApplicationRefusal::Faults(faults.into_iter().flatten().collect()));
            }
        };
        let changed = applications::update_profile(&mut tx, id, &name, &description).await?;
        if !changed {
            return Err(AccessRefusal::Closed.into());
        }
        let detail = json!({ "name": name, "before": before.name });
        let deed = Deed { action: "application.renamed", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Replaces the redirect URIs of an application; one stands on each line.
    pub async fn set_redirect_uris(
        &self,
        member: &Member,
        id: AppId,
        lines: &str,
    ) -> Result<(), ChangeApplicationRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.application_for(&mut tx, member, id, Power::Develop).await?;
        let uris: RedirectUris =
            lines.parse().map_err(|fault| ChangeApplicationRefusal::Faults(vec![ChangeFault::RedirectUris(fault)]))?;
        if !applications::update_redirect_uris(&mut tx, id, &uris).await? {
            return Err(AccessRefusal::Closed.into());
        }
        let texts: Vec<&str> =
            uris.as_slice().iter().map(tallyport_domain::redirect_uri::RedirectUri::as_str).collect();
        let detail = json!({ "redirect_uris": texts });
        let deed = Deed { action: "application.redirect_uris_set", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.client_cache().forget(id);
        Ok(())
    }

    /// Replaces the networks that an application's calls may come from; one stands on each line.
    pub async fn set_application_networks(
        &self,
        member: &Member,
        id: AppId,
        lines: &str,
    ) -> Result<(), ChangeApplicationRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.application_for(&mut tx, member, id, Power::Develop).await?;
        let networks: AllowedNetworks =
            lines.parse().map_err(|fault| ChangeApplicationRefusal::Faults(vec![ChangeFault::Networks(fault)]))?;
        if !applications::update_networks(&mut tx, id, &networks).await? {
            return Err(AccessRefusal::Closed.into());
        }
        let texts: Vec<String> = networks.as_slice().iter().map(ToString::to_string).collect();
        let detail = json!({ "networks": texts });
        let deed = Deed { action: "application.networks_set", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }

    /// Says whether the sandbox takes calls that are not signed. Live never does.
    pub async fn set_sandbox_unsigned(
        &self,
        member: &Member,
        id: AppId,
        unsigned: bool,
    ) -> Result<(), ChangeApplicationRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.application_for(&mut tx, member, id, Power::Develop).await?;
        if !applications::update_sandbox_unsigned(&mut tx, id, unsigned).await? {
            return Err(AccessRefusal::Closed.into());
        }
        let detail = json!({ "unsigned": unsigned });
        let deed = Deed { action: "application.sandbox_signature_set", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }
}
