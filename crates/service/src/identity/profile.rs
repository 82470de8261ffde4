//! How somebody is called and in which language mails to them are.

use serde_json::json;
use tallyport_domain::Language;
use tallyport_storage::{StorageError, account_changes};

use super::sign_up::is_name;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;

/// Why a profile was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileRefusal {
    /// The name is empty, too long or has control characters.
    #[error("the name will not do")]
    Name,
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ProfileRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Changes the member's name and language.
    pub async fn change_profile(&self, member: &Member, name: &str, language: Language) -> Result<(), ProfileRefusal> {
        let name = name.trim();
        if !is_name(name) {
            return Err(ProfileRefusal::Name);
        }
        let mut tx = self.db().begin_write().await?;
        account_changes::set_profile(&mut tx, member.developer_id, name, language).await?;
        let deed = Deed {
            action: "account.profile_changed",
            object: member.developer_id.to_string(),
            detail: json!({ "language": language.tag() }),
        };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }
}
