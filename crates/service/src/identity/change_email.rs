//! Another address: asked for with the password, confirmed by a link to the new address, told to the
//! old one.

use serde_json::json;
use tallyport_domain::LinkPurpose;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::developers::{self, EMAIL_IS_UNIQUE};
use tallyport_storage::{StorageError, account_changes, one_time_links};
use zeroize::Zeroizing;

use super::EmailAddress;
use super::confirm::ConfirmRefusal;
use super::entrance::member;
use super::links::{HOUR_MS, NewLink};
use super::throttle::{Attempt, TooManyTries};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::mail::letters;
use crate::secrets::OneTimeToken;

/// For how long the link works.
const LIFETIME_MS: i64 = HOUR_MS;
/// The page that it leads to.
const CONFIRM_PAGE: &str = "/verify/address";

/// Why no link was mailed. That the address is taken is no reason: its owner is told instead.
#[derive(Debug, thiserror::Error)]
pub enum ChangeEmailRefusal {
    /// The text is no address, or it is the one that the account has.
    #[error("the address will not do")]
    Email,
    /// The password was not shown.
    #[error(transparent)]
    Confirm(#[from] ConfirmRefusal),
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ChangeEmailRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

/// Why an account did not move.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmEmailRefusal {
    /// The link is unknown, used or too old, or another account took the address meanwhile.
    #[error("the link does not work, or no longer")]
    Link,
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ConfirmEmailRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Mails a link to the new address. Nothing changes until it is opened.
    pub async fn change_email(
        &self,
        member: &Member,
        email: &str,
        password: Zeroizing<String>,
    ) -> Result<(), ChangeEmailRefusal> {
        let email: EmailAddress = email.parse().map_err(|_| ChangeEmailRefusal::Email)?;
        let developer = self.confirm_password(member, password).await?;
        if email.key() == developer.email_key && email.as_str() == developer.email {
            return Err(ChangeEmailRefusal::Email);
        }
        self.take_try(Attempt::Mail, Some(&email.key()), member.network)?;
        let mut tx = self.db().begin_write().await?;
        let owner = developers::find_by_email_key(&mut tx, &email.key()).await?;
        match owner.filter(|owner| owner.id != developer.id) {
            Some(owner) => {
                let letter = letters::address_taken(owner.language, &self.page_url("/signin"));
                self.write_mail(&mut tx, &owner.email, &letter).await?;
            }
            None => {
                let link = NewLink {
                    purpose: LinkPurpose::ChangeEmail,
                    subject: &developer.id.to_string(),
                    detail: email.as_str(),
                    lifetime_ms: LIFETIME_MS,
                    page: CONFIRM_PAGE,
                };
                let link = self.make_link(&mut tx, link).await?;
                self.write_mail(&mut tx, email.as_str(), &letters::change_address(developer.language, &link)).await?;
            }
        }
        let deed = Deed { action: "account.email_change_asked", object: developer.id.to_string(), detail: json!({}) };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// The address that a link would move an account to.
    pub async fn find_new_email(&self, token: &str) -> Result<Option<String>, ServiceError> {
        let hash = OneTimeToken::hash(token);
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        let link = one_time_links::find_usable(&mut reader, &hash, LinkPurpose::ChangeEmail, now_ms).await?;
        Ok(link.map(|link| link.detail))
    }

    /// Moves an account to the address that a link was mailed to. Links that went to the old address
    /// stop working.
    pub async fn confirm_email(&self, from: Option<std::net::IpAddr>, token: &str) -> Result<(), ConfirmEmailRefusal> {
        self.take_try(Attempt::Link, None, from)?;
        let now_ms = self.clock().now_ms();
        let hash = OneTimeToken::hash(token);
        let mut tx = self.db().begin_write().await?;
        let taken = one_time_links::take(&mut tx, &hash, LinkPurpose::ChangeEmail, now_ms).await?;
        let link = taken.ok_or(ConfirmEmailRefusal::Link)?;
        let id: DeveloperId = link.subject.parse().map_err(|_| ConfirmEmailRefusal::Link)?;
        let email: EmailAddress = link.detail.parse().map_err(|_| ConfirmEmailRefusal::Link)?;
        let old = developers::find_by_id(&mut tx, id).await?.ok_or(ConfirmEmailRefusal::Link)?;
        let new = (email.as_str(), &*email.key());
        match account_changes::move_email(&mut tx, id, &old.email_key, new, now_ms).await {
            Ok(true) => {}
            Ok(false) => return Err(ConfirmEmailRefusal::Link),
            Err(error) if error.is_conflict_on(EMAIL_IS_UNIQUE) => return Err(ConfirmEmailRefusal::Link),
            Err(error) => return Err(error.into()),
        }
        one_time_links::withdraw(&mut tx, LinkPurpose::ResetPassword, &link.subject, now_ms).await?;
        let letter = letters::address_changed(old.language, email.as_str(), &self.page_url("/signin"));
        self.write_mail(&mut tx, &old.email, &letter).await?;
        let actor = Actor::person(&Member { network: from, ..member(old) });
        self.record(&mut tx, &actor, Deed { action: "account.email_changed", object: link.subject, detail: json!({}) })
            .await?;
        Ok(tx.commit().await?)
    }
}
