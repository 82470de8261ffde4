//! The first administrator: a link printed at the start, good once, as long as there is none.

use std::net::IpAddr;

use serde_json::json;
use tallyport_domain::LinkPurpose;
use tallyport_domain::role::Role;
use tallyport_storage::developers;
use tallyport_storage::one_time_links::{self, OneTimeLinkRecord};

use super::entrance::{Entrance, member};
use super::sign_up::{SignUp, check};
use super::throttle::{Attempt, TooManyTries};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::identity::SignUpFault;
use crate::secrets::OneTimeToken;

/// For how long the link works.
const LIFETIME_MS: i64 = 24 * 60 * 60 * 1000;
/// Whom the link is about: whoever comes.
const NOBODY: &str = "";

/// Why nobody was made the first administrator.
#[derive(Debug, thiserror::Error)]
pub enum ClaimRefusal {
    /// The link is unknown, used or too old, or there is an administrator by now.
    #[error("the link does not work, or no longer")]
    Link,
    /// Somebody has this address already.
    #[error("the address is taken")]
    EmailTaken,
    /// Fields to correct.
    #[error("some fields have to be corrected")]
    Faults(Vec<SignUpFault>),
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// A fresh link for the first administrator, as long as there is none. Older links stop working.
    pub async fn first_administrator_link(&self) -> Result<Option<String>, ServiceError> {
        if developers::count_administrators(&mut self.db().read().await?).await? > 0 {
            return Ok(None);
        }
        let now_ms = self.clock().now_ms();
        let token = OneTimeToken::generate(self.randomness());
        let mut tx = self.db().begin_write().await?;
        one_time_links::withdraw(&mut tx, LinkPurpose::FirstAdministrator, NOBODY, now_ms).await?;
        let link = OneTimeLinkRecord {
            token_hash: OneTimeToken::hash(token.reveal()),
            purpose: LinkPurpose::FirstAdministrator,
            subject: NOBODY.to_owned(),
            detail: String::new(),
            created_at_ms: now_ms,
            expires_at_ms: now_ms + LIFETIME_MS,
        };
        one_time_links::insert(&mut tx, &link).await?;
        tx.commit().await?;
        Ok(Some(format!("{}/setup?token={}", self.public_url(), token.reveal())))
    }

    /// Whether the token of a link would work right now.
    pub async fn is_first_administrator_link(&self, token: &str) -> Result<bool, ServiceError> {
        let hash = OneTimeToken::hash(token);
        let mut reader = self.db().read().await?;
        let now_ms = self.clock().now_ms();
        Ok(one_time_links::is_usable(&mut reader, &hash, LinkPurpose::FirstAdministrator, now_ms).await?)
    }

    /// Makes the holder of the link the first administrator. The link was printed where only the
    /// operator reads, so the address needs no mail to count as verified.
    pub async fn claim_first_administrator(
        &self,
        from: Option<IpAddr>,
        token: &str,
        sign_up: SignUp<'_>,
    ) -> Result<Entrance, ClaimRefusal> {
        self.take_try(Attempt::Link, None, from)?;
        let checked = check(&sign_up).map_err(ClaimRefusal::Faults)?;
        // Only the holder of a link makes us hash.
        if !self.is_first_administrator_link(token).await? {
            return Err(ClaimRefusal::Link);
        }
        let hash = self.passwords().hash(sign_up.password, self.randomness()).await;
        let mut developer = self.new_developer(&checked, hash, Role::Administrator);
        developer.email_verified_at_ms = Some(developer.created_at_ms);

        let now_ms = self.clock().now_ms();
        let token_hash = OneTimeToken::hash(token);
        let mut tx = self.db().begin_write().await.map_err(ServiceError::from)?;
        let taken = one_time_links::take(&mut tx, &token_hash, LinkPurpose::FirstAdministrator, now_ms)
            .await
            .map_err(ServiceError::from)?;
        let administrators = developers::count_administrators(&mut tx).await.map_err(ServiceError::from)?;
        if taken.is_none() || administrators > 0 {
            return Err(ClaimRefusal::Link);
        }
        match developers::insert(&mut tx, &developer).await {
            Ok(()) => {
                self.make_first_team(&mut tx, &developer).await?;
                let deed =
                    Deed { action: "administrator.claimed", object: developer.id.to_string(), detail: json!({}) };
                let actor = Actor::person(&Member { network: from, ..member(developer.clone()) });
                self.record(&mut tx, &actor, deed).await?;
                tx.commit().await.map_err(ServiceError::from)?;
            }
            Err(error) if error.is_conflict_on(developers::EMAIL_IS_UNIQUE) => return Err(ClaimRefusal::EmailTaken),
            Err(error) => return Err(ServiceError::from(error).into()),
        }
        Ok(Entrance::of(developer))
    }
}
