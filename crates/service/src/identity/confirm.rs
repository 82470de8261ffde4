//! Showing the password once more, before something that a borrowed session should not do.

use std::net::IpAddr;

use tallyport_storage::developers::{self, DeveloperRecord};
use zeroize::Zeroizing;

use super::entrance::is_open;
use super::sign_up::PASSWORD_LENGTH_MAX;
use super::throttle::{Attempt, TooManyTries};
use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;
use crate::secrets::PasswordHash;

/// Why somebody has not shown to be the one whose session it is.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmRefusal {
    /// The password is wrong.
    #[error("the password is wrong")]
    Wrong,
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// The member's row, if the password is theirs. Counted together with tries to sign in.
    pub(super) async fn confirm_password(
        &self,
        member: &Member,
        password: Zeroizing<String>,
    ) -> Result<DeveloperRecord, ConfirmRefusal> {
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let found = developers::find_by_id(&mut reader, member.developer_id).await.map_err(ServiceError::from)?;
        drop(reader);
        let developer = found.filter(is_open).ok_or(ConfirmRefusal::Wrong)?;
        if self.knows_password(&developer, password, member.network).await? {
            Ok(developer)
        } else {
            Err(ConfirmRefusal::Wrong)
        }
    }

    /// Whether the password is this developer's, as often as that may be tried.
    pub(super) async fn knows_password(
        &self,
        developer: &DeveloperRecord,
        password: Zeroizing<String>,
        from: Option<IpAddr>,
    ) -> Result<bool, TooManyTries> {
        let taken = self.take_try(Attempt::Password, Some(&developer.email_key), from)?;
        let matches = self.matches(Some(developer), password).await;
        if matches {
            self.give_back(&taken);
        }
        Ok(matches)
    }

    /// Whether the password is this developer's. It takes as long for nobody.
    pub(super) async fn matches(&self, developer: Option<&DeveloperRecord>, password: Zeroizing<String>) -> bool {
        let hash = developer.map(|developer| PasswordHash(developer.password_hash.clone()));
        let is_too_long = password.len() > PASSWORD_LENGTH_MAX;
        let password = if is_too_long { Zeroizing::new(String::new()) } else { password };
        self.passwords().verify(password, hash.as_ref()).await && !is_too_long
    }
}
