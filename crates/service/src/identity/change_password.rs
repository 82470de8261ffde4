//! Another password for somebody who knows the one they have.

use serde_json::json;
use tallyport_domain::password::{self, PasswordFault};
use tallyport_storage::developers::DeveloperRecord;
use tallyport_storage::{StorageError, account_changes, sessions};
use zeroize::Zeroizing;

use super::confirm::ConfirmRefusal;
use super::entrance::Entrance;
use super::sessions::SessionKey;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::mail::letters;

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordRefusal {
    /// The password so far was not shown.
    #[error(transparent)]
    Confirm(#[from] ConfirmRefusal),
    /// The new one will not do.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ChangePasswordRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Changes a password. Every other session of the member ends, and this one has to begin anew
    /// with what is returned.
    pub async fn change_password(
        &self,
        member: &Member,
        current: &SessionKey,
        old: Zeroizing<String>,
        new: Zeroizing<String>,
    ) -> Result<Entrance, ChangePasswordRefusal> {
        let developer = self.confirm_password(member, old).await?;
        password::check(&new, &developer.name, &developer.email)?;
        let hash = self.passwords().hash(new, self.randomness()).await;
        let mut tx = self.db().begin_write().await?;
        let old_hash = &developer.password_hash;
        if !account_changes::replace_password(&mut tx, developer.id, old_hash, &hash.0).await? {
            // Somebody else changed it at the same moment, so the old one is not it any more.
            return Err(ConfirmRefusal::Wrong.into());
        }
        sessions::delete_all_of_developer(&mut tx, developer.id, Some(current.hash())).await?;
        let letter = letters::password_changed(developer.language, &self.page_url("/forgot"));
        self.write_mail(&mut tx, &developer.email, &letter).await?;
        let deed = Deed { action: "account.password_changed", object: developer.id.to_string(), detail: json!({}) };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        Ok(Entrance::of(DeveloperRecord { password_hash: hash.0, ..developer }))
    }
}
