//! Showing an address to be one's own, by the link of the mail. It signs in as well: by itself in the
//! browser that signed up, and with the password in any other.

use std::net::IpAddr;

use serde_json::json;
use subtle::ConstantTimeEq as _;
use tallyport_domain::LinkPurpose;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::one_time_links::{self, LinkContents};
use tallyport_storage::{StorageError, account_changes};
use zeroize::Zeroizing;

use super::entrance::{Entrance, is_open, member};
use super::sign_up::SignUpProof;
use super::throttle::{Attempt, TooManyTries};
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::secrets::OneTimeToken;

/// What the page of a link has to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// Nothing but whether to go on: this is the browser that signed up.
    Ready,
    /// The password as well.
    NeedsPassword,
    /// The link is unknown, used or too old.
    Dead,
}

/// Why an address is not verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyRefusal {
    /// The link is unknown, used or too old.
    #[error("the link does not work, or no longer")]
    Link,
    /// The password is wrong.
    #[error("the password is wrong")]
    Password,
    /// Nobody looked.
    #[error(transparent)]
    TooManyTries(#[from] TooManyTries),
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for VerifyRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// What the page of a link has to ask in a browser that may have kept a proof of signing up.
    pub async fn look_at_verification(&self, token: &str, proof: Option<&str>) -> Result<Verification, ServiceError> {
        Ok(match self.find_verification(token).await? {
            None => Verification::Dead,
            Some(link) if is_proven(&link, proof) => Verification::Ready,
            Some(_) => Verification::NeedsPassword,
        })
    }

    /// Uses a link up: the address counts as verified, and its owner may begin a session.
    pub async fn verify_email(
        &self,
        from: Option<IpAddr>,
        token: &str,
        proof: Option<&str>,
        password: Zeroizing<String>,
    ) -> Result<Entrance, VerifyRefusal> {
        self.take_try(Attempt::Link, None, from)?;
        let link = self.find_verification(token).await?.ok_or(VerifyRefusal::Link)?;
        let id: DeveloperId = link.subject.parse().map_err(|_| VerifyRefusal::Link)?;
        if !is_proven(&link, proof) {
            let found = developers::find_by_id(&mut self.db().read().await?, id).await?;
            let developer = found.ok_or(VerifyRefusal::Link)?;
            if !self.knows_password(&developer, password, from).await? {
                return Err(VerifyRefusal::Password);
            }
        }
        Ok(Entrance::of(self.use_verification(from, token, id).await?))
    }

    async fn use_verification(
        &self,
        from: Option<IpAddr>,
        token: &str,
        id: DeveloperId,
    ) -> Result<DeveloperRecord, VerifyRefusal> {
        let now_ms = self.clock().now_ms();
        let hash = OneTimeToken::hash(token);
        let mut tx = self.db().begin_write().await?;
        let taken = one_time_links::take(&mut tx, &hash, LinkPurpose::VerifyEmail, now_ms).await?;
        taken.ok_or(VerifyRefusal::Link)?;
        account_changes::verify_email(&mut tx, id, now_ms).await?;
        let found = developers::find_by_id(&mut tx, id).await?;
        let developer = found.filter(is_open).ok_or(VerifyRefusal::Link)?;
        let actor = Actor::person(&Member { network: from, ..member(developer.clone()) });
        let deed = Deed { action: "account.verified", object: id.to_string(), detail: json!({}) };
        self.record(&mut tx, &actor, deed).await?;
        tx.commit().await?;
        Ok(developer)
    }

    async fn find_verification(&self, token: &str) -> Result<Option<LinkContents>, ServiceError> {
        let hash = OneTimeToken::hash(token);
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        Ok(one_time_links::find_usable(&mut reader, &hash, LinkPurpose::VerifyEmail, now_ms).await?)
    }
}

fn is_proven(link: &LinkContents, proof: Option<&str>) -> bool {
    proof.is_some_and(|proof| SignUpProof::hash(proof).as_bytes().ct_eq(link.detail.as_bytes()).into())
}
