//! Forgotten passwords: a link by mail, and another password in its place. Whether an address has an
//! account shows neither in the answer nor in the time that it takes.

use std::net::IpAddr;

use serde_json::json;
use tallyport_domain::LinkPurpose;
use tallyport_domain::ids::DeveloperId;
use tallyport_domain::password::{self, PasswordFault};
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::{StorageError, account_changes, one_time_links, sessions};
use zeroize::Zeroizing;

use super::EmailAddress;
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
const RESET_PAGE: &str = "/reset";
/// Whom the link is about that is made where there is no account, for the same work to be done.
const NOBODY: &str = "";

/// Why no link was mailed. That there is no such account is no reason.
#[derive(Debug, thiserror::Error)]
pub enum ForgotRefusal {
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ForgotRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

/// Why a password was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum ResetRefusal {
    /// The link is unknown, used or too old.
    #[error("the link does not work, or no longer")]
    Link,
    /// The new password will not do.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for ResetRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Mails a link to choose another password, where there is such an account.
    pub async fn forgot_password(&self, from: Option<IpAddr>, email: &str) -> Result<(), ForgotRefusal> {
        let key = email.parse::<EmailAddress>().ok().map(|email| email.key());
        self.take_try(Attempt::Mail, key.as_deref(), from)?;
        let mut tx = self.db().begin_write().await?;
        let found = match &key {
            Some(key) => developers::find_by_email_key(&mut tx, key).await?,
            None => None,
        };
        let subject = found.as_ref().map_or_else(|| NOBODY.to_owned(), |developer| developer.id.to_string());
        let link = NewLink {
            purpose: LinkPurpose::ResetPassword,
            subject: &subject,
            detail: "",
            lifetime_ms: LIFETIME_MS,
            page: RESET_PAGE,
        };
        let link = self.make_link(&mut tx, link).await?;
        if let Some(developer) = found {
            let letter = letters::reset_password(developer.language, &link);
            self.write_mail(&mut tx, &developer.email, &letter).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Whether the token of a link would work right now.
    pub async fn is_reset_link(&self, token: &str) -> Result<bool, ServiceError> {
        Ok(self.find_reset(token).await?.is_some())
    }

    /// Replaces a password by its link. Every session of the account ends; whoever read the mail has
    /// shown the address to be theirs.
    pub async fn reset_password(
        &self,
        from: Option<IpAddr>,
        token: &str,
        password: Zeroizing<String>,
    ) -> Result<(), ResetRefusal> {
        self.take_try(Attempt::Link, None, from)?;
        let developer = self.find_reset(token).await?.ok_or(ResetRefusal::Link)?;
        password::check(&password, &developer.name, &developer.email)?;
        let hash = self.passwords().hash(password, self.randomness()).await;

        let now_ms = self.clock().now_ms();
        let (id, subject) = (developer.id, developer.id.to_string());
        let mut tx = self.db().begin_write().await?;
        let token_hash = OneTimeToken::hash(token);
        let taken = one_time_links::take(&mut tx, &token_hash, LinkPurpose::ResetPassword, now_ms).await?;
        if taken.is_none() || !account_changes::set_password(&mut tx, id, &hash.0).await? {
            return Err(ResetRefusal::Link);
        }
        account_changes::verify_email(&mut tx, id, now_ms).await?;
        one_time_links::withdraw(&mut tx, LinkPurpose::VerifyEmail, &subject, now_ms).await?;
        sessions::delete_all_of_developer(&mut tx, id, None).await?;
        let letter = letters::password_changed(developer.language, &self.page_url("/forgot"));
        self.write_mail(&mut tx, &developer.email, &letter).await?;
        let actor = Actor::person(&Member { network: from, ..member(developer) });
        self.record(&mut tx, &actor, Deed { action: "account.password_reset", object: subject, detail: json!({}) })
            .await?;
        Ok(tx.commit().await?)
    }

    async fn find_reset(&self, token: &str) -> Result<Option<DeveloperRecord>, ServiceError> {
        let hash = OneTimeToken::hash(token);
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        let link = one_time_links::find_usable(&mut reader, &hash, LinkPurpose::ResetPassword, now_ms).await?;
        let Some(id) = link.and_then(|link| link.subject.parse::<DeveloperId>().ok()) else { return Ok(None) };
        let found = developers::find_by_id(&mut reader, id).await?;
        Ok(found.filter(|developer| developer.closed_at_ms.is_none()))
    }
}
