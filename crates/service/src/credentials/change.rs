//! Renaming a credential, limiting from where it works, and ending it.

use serde_json::json;
use tallyport_domain::ids::{ApiKey, AppId};
use tallyport_domain::label;
use tallyport_domain::network::{AllowedNetworks, InvalidNetworks};
use tallyport_domain::team::Power;
use tallyport_storage::credentials::{self, CredentialRecord};
use tallyport_storage::{StorageError, Tx};

use super::power_over;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// What is wrong with a field of a key's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// The name is empty, too long or has control characters.
    Name,
    /// A network is none.
    Networks(InvalidNetworks),
}

/// Why a credential is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeCredentialRefusal {
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<KeyFault>),
    /// It was ended before.
    #[error("the credential was ended before")]
    Ended,
    /// The person may not, or the application has no such credential.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for ChangeCredentialRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for ChangeCredentialRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

/// Reads what every key has.
pub(crate) fn read(name: &str, networks: &str) -> Result<(String, AllowedNetworks), Vec<KeyFault>> {
    match (label::name(name), networks.parse()) {
        (Ok(name), Ok(networks)) => Ok((name, networks)),
        (name, networks) => {
            let faults = [name.err().map(|_| KeyFault::Name), networks.err().map(KeyFault::Networks)];
            Err(faults.into_iter().flatten().collect())
        }
    }
}

impl Services {
    /// Gives a credential another name and other networks.
    pub async fn change_credential(
        &self,
        member: &Member,
        id: AppId,
        api_key: ApiKey,
        name: &str,
        networks: &str,
    ) -> Result<(), ChangeCredentialRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.credential_for(&mut tx, member, id, api_key).await?;
        let (name, networks) = read(name, networks).map_err(ChangeCredentialRefusal::Faults)?;
        credentials::update(&mut tx, api_key, id, &name, &networks).await?;
        let texts: Vec<String> = networks.as_slice().iter().map(ToString::to_string).collect();
        let detail = json!({ "application": id.to_string(), "name": name, "networks": texts });
        let deed = Deed { action: "credential.changed", object: api_key.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }

    /// Ends a credential: here at once, in other processes as soon as they ask the database again,
    /// which is within a second. Tokens that were got with it end with it.
    pub async fn revoke_credential(
        &self,
        member: &Member,
        id: AppId,
        api_key: ApiKey,
    ) -> Result<(), ChangeCredentialRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.credential_for(&mut tx, member, id, api_key).await?;
        if !credentials::revoke(&mut tx, api_key, id, self.clock().now_ms()).await? {
            return Err(ChangeCredentialRefusal::Ended);
        }
        let detail = json!({ "application": id.to_string() });
        let deed = Deed { action: "credential.revoked", object: api_key.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }

    /// A credential of the application, for somebody who may decide about it.
    pub(super) async fn credential_for(
        &self,
        tx: &mut Tx,
        member: &Member,
        id: AppId,
        api_key: ApiKey,
    ) -> Result<CredentialRecord, AccessRefusal> {
        // Whoever may not even see the application learns nothing of its keys.
        self.application_for(&mut *tx, member, id, Power::View).await?;
        let found = credentials::find_by_api_key(&mut *tx, api_key).await?;
        let found = found.map(|found| found.credential).filter(|record| record.application_id == id);
        let record = found.ok_or(AccessRefusal::Unknown)?;
        self.application_for(tx, member, id, power_over(record.environment)).await?;
        Ok(record)
    }
}
