//! Links that administrators have mailed: an invitation to sign up, and the verification once more.

use serde_json::json;
use tallyport_domain::LinkPurpose;
use tallyport_domain::administration::AccountState;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::one_time_links::{self, OneTimeLinkRecord};
use tallyport_storage::{Tx, administration};

use super::letters::{self, Occasion};
use super::{AdminRefusal, Authority};
use crate::Services;
use crate::audit::Deed;
use crate::error::ServiceError;
use crate::identity::EmailAddress;
use crate::secrets::OneTimeToken;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// For how long an invitation works.
const INVITATION_MS: i64 = 7 * DAY_MS;
/// For how long a verification works.
const VERIFICATION_MS: i64 = DAY_MS;

/// Why an invitation does not leave.
#[derive(Debug, thiserror::Error)]
pub enum InviteRefusal {
    /// The text is no address.
    #[error("not an e-mail address")]
    Email,
    /// Whoever asks may not.
    #[error(transparent)]
    Admin(#[from] AdminRefusal),
}

impl From<tallyport_storage::StorageError> for InviteRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Admin(error.into())
    }
}

impl From<ServiceError> for InviteRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Admin(error.into())
    }
}

impl Services {
    /// Mails a link that lets its reader sign up where that takes an invitation. An older one of the
    /// same address stops working.
    pub async fn invite_to_sign_up(
        &self,
        by: &Authority,
        email: &str,
        language: tallyport_domain::Language,
    ) -> Result<(), InviteRefusal> {
        let email: EmailAddress = email.parse().map_err(|_| InviteRefusal::Email)?;
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        let link = self
            .mailed_link(&mut tx, LinkPurpose::SignUp, &email.key(), email.as_str(), INVITATION_MS, "/signup")
            .await?;
        let letter = letters::invitation(language, &link, self);
        self.write_mail(&mut tx, email.as_str(), &letter).await?;
        let deed = Deed { action: "developer.invited", object: email.as_str().to_owned(), detail: json!({}) };
        self.record(&mut tx, &by.actor(), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Mails the verification of an address once more. An older link stops working.
    pub async fn resend_verification_as(&self, by: &Authority, id: DeveloperId) -> Result<(), AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        let person = administration::find_person(&mut tx, id).await?.ok_or(AdminRefusal::Unknown)?;
        if person.state() != AccountState::Unverified {
            return Err(AdminRefusal::NotNow);
        }
        let subject = id.to_string();
        let link =
            self.mailed_link(&mut tx, LinkPurpose::VerifyEmail, &subject, "", VERIFICATION_MS, "/verify").await?;
        let letter = letters::about(Occasion::Verify { link: &link }, &person, self);
        self.write_mail(&mut tx, &person.email, &letter).await?;
        let deed = Deed { action: "developer.verification_sent", object: subject, detail: json!({}) };
        self.record(&mut tx, &by.actor(), deed).await?;
        Ok(tx.commit().await?)
    }

    async fn mailed_link(
        &self,
        tx: &mut Tx,
        purpose: LinkPurpose,
        subject: &str,
        detail: &str,
        lifetime_ms: i64,
        page: &str,
    ) -> Result<String, ServiceError> {
        let now_ms = self.clock().now_ms();
        one_time_links::withdraw(tx, purpose, subject, now_ms).await?;
        let token = OneTimeToken::generate(self.randomness());
        let record = OneTimeLinkRecord {
            token_hash: OneTimeToken::hash(token.reveal()),
            purpose,
            subject: subject.to_owned(),
            detail: detail.to_owned(),
            created_at_ms: now_ms,
            expires_at_ms: now_ms + lifetime_ms,
        };
        one_time_links::insert(tx, &record).await?;
        Ok(format!("{}{page}?token={}", self.public_url(), token.reveal()))
    }
}
