//! Signing in. Unknown people take as long and hear the same as known ones with a wrong password.

use tallyport_domain::ids::DeveloperId;
use tallyport_storage::developers::{self, DeveloperRecord};
use zeroize::Zeroizing;

use super::EmailAddress;
use super::sign_up::PASSWORD_LENGTH_MAX;
use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::secrets::PasswordHash;

impl Services {
    /// The person with this address and password, or none.
    pub async fn sign_in(&self, email: &str, mut password: Zeroizing<String>) -> Result<Option<Member>, ServiceError> {
        let found = match email.parse::<EmailAddress>() {
            Ok(email) => developers::find_by_email_key(&mut self.db().read().await?, &email.key()).await?,
            Err(_) => None,
        };
        let hash = found.as_ref().map(|developer| PasswordHash(developer.password_hash.clone()));
        let is_too_long = password.len() > PASSWORD_LENGTH_MAX;
        if is_too_long {
            password = Zeroizing::new(String::new());
        }
        let matches = self.passwords().verify(password, hash.as_ref()).await;
        Ok(found.filter(|_| matches && !is_too_long).map(member))
    }

    /// The person of a session.
    pub async fn find_member(&self, id: DeveloperId) -> Result<Option<Member>, ServiceError> {
        Ok(developers::find_by_id(&mut self.db().read().await?, id).await?.map(member))
    }
}

pub(super) fn member(developer: DeveloperRecord) -> Member {
    Member {
        developer_id: developer.id,
        name: developer.name,
        email: developer.email,
        role: developer.role,
        language: developer.language,
        network: None,
        command: None,
    }
}
