//! Links that administrators have mailed: an invitation to sign up, and the verification once more.

use serde_json::json;
use tallyport_domain::LinkPurpose;
use tallyport_domain::administration::AccountState;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::administration;

use super::letters::{self, Occasion};
use super::{AdminRefusal, Authority};
use crate::Services;
use crate::audit::Deed;
use crate::error::ServiceError;
use crate::identity::{EmailAddress, NewLink};

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
        let link = NewLink {
            purpose: LinkPurpose::SignUp,
            subject: &email.key(),
            detail: email.as_str(),
            lifetime_ms: INVITATION_MS,
            page: "/signup",
        };
        let link = self.make_link(&mut tx, link).await?;
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
        let link = NewLink {
            purpose: LinkPurpose::VerifyEmail,
            subject: &subject,
            detail: "",
            lifetime_ms: VERIFICATION_MS,
            page: "/verify",
        };
        let link = self.make_link(&mut tx, link).await?;
        let letter = letters::about(Occasion::Verify { link: &link }, &person, self);
        self.write_mail(&mut tx, &person.email, &letter).await?;
        let deed = Deed { action: "developer.verification_sent", object: subject, detail: json!({}) };
        self.record(&mut tx, &by.actor(), deed).await?;
        Ok(tx.commit().await?)
    }
}
