//! Rotation: a credential takes over from another, which goes on for a while.

use serde_json::json;
use tallyport_domain::credential::{Overlap, Standing, end_after_rotation, end_of_successor};
use tallyport_domain::ids::{ApiKey, AppId};
use tallyport_storage::{StorageError, applications, credentials};

use super::{MadeCredential, NewSecret};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// Why a credential is not replaced.
#[derive(Debug, thiserror::Error)]
pub enum RotateRefusal {
    /// It was replaced before.
    #[error("the credential was replaced before")]
    Replaced,
    /// It works no longer, so there is nothing to take over.
    #[error("the credential works no longer")]
    Ended,
    /// The person may not, or the application has no such credential.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for RotateRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for RotateRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

impl Services {
    /// Makes a credential that takes over from this one. Of several that try, one succeeds.
    pub async fn rotate_credential(
        &self,
        member: &Member,
        id: AppId,
        api_key: ApiKey,
        overlap: Overlap,
    ) -> Result<MadeCredential, RotateRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        applications::lock(&mut tx, id).await?;
        let old = self.credential_for(&mut tx, member, id, api_key).await?;
        if old.successor.is_some() {
            return Err(RotateRefusal::Replaced);
        }
        if !Standing::of(old.revoked_at_ms, old.expires_at_ms, now_ms).is_usable() {
            return Err(RotateRefusal::Ended);
        }
        let secret = NewSecret {
            application_id: id,
            environment: old.environment,
            name: old.name,
            networks: old.networks,
            created_by: member.developer_id,
            expires_at_ms: end_of_successor(old.created_at_ms, old.expires_at_ms, now_ms),
        };
        let made = self.insert_credential(&mut tx, secret).await?;
        let ends_at_ms = end_after_rotation(old.expires_at_ms, overlap, now_ms);
        // The lock makes this the first; the state it names says so once more.
        if !credentials::replace(&mut tx, api_key, made.api_key, ends_at_ms, now_ms).await? {
            return Err(RotateRefusal::Replaced);
        }
        let detail = json!({
            "application": id.to_string(), "successor": made.api_key.to_string(), "overlap": overlap.as_str(),
        });
        let deed = Deed { action: "credential.rotated", object: api_key.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(made)
    }
}
