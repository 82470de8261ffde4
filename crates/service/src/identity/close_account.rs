//! Closing one's account.

use serde_json::json;
use tallyport_domain::LinkPurpose;
use tallyport_storage::{
    StorageError, account_changes, administration, developers, one_time_links, outside_identities, recovery_codes,
    sessions, totp,
};

use super::EmailAddress;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::mail::letters;

/// Why an account stays open.
#[derive(Debug, thiserror::Error)]
pub enum CloseAccountRefusal {
    /// What was typed is not the account's address.
    #[error("the address was not typed")]
    NotTyped,
    /// Nobody could run the platform any more.
    #[error("this is the last administrator")]
    LastAdministrator,
    /// A team would be left without an owner.
    #[error("the team {team} would be left without an owner")]
    OnlyOwner {
        /// The name of the team.
        team: String,
    },
    /// Something else.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for CloseAccountRefusal {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

impl Services {
    /// Closes the member's account: every session, link and second step of it is gone, and the
    /// credentials of teams that nobody else is in are revoked.
    pub async fn close_account(&self, member: &Member, typed: &str) -> Result<(), CloseAccountRefusal> {
        let (id, subject) = (member.developer_id, member.developer_id.to_string());
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        // Locked before the row is read: of the last two administrators who go at once, one stays.
        let acting = administration::lock_acting_administrators(&mut tx).await?;
        let found = developers::find_by_id(&mut tx, id).await?;
        let developer = found.filter(|developer| developer.closed_at_ms.is_none());
        let developer = developer.ok_or(CloseAccountRefusal::NotTyped)?;
        if typed.parse::<EmailAddress>().ok().map(|typed| typed.key()).as_ref() != Some(&developer.email_key) {
            return Err(CloseAccountRefusal::NotTyped);
        }
        if acting == [id] {
            return Err(CloseAccountRefusal::LastAdministrator);
        }
        if let Some(team) = account_changes::find_team_that_needs(&mut tx, id).await? {
            return Err(CloseAccountRefusal::OnlyOwner { team });
        }
        account_changes::close(&mut tx, id, now_ms).await?;
        account_changes::leave_teams(&mut tx, id, now_ms).await?;
        totp::delete(&mut tx, id).await?;
        recovery_codes::delete_all(&mut tx, id).await?;
        outside_identities::delete_all(&mut tx, id).await?;
        sessions::delete_all_of_developer(&mut tx, id, None).await?;
        for purpose in [LinkPurpose::VerifyEmail, LinkPurpose::ResetPassword, LinkPurpose::ChangeEmail] {
            one_time_links::withdraw(&mut tx, purpose, &subject, now_ms).await?;
        }
        self.write_mail(&mut tx, &developer.email, &letters::account_closed(developer.language)).await?;
        let deed = Deed { action: "account.closed", object: subject, detail: json!({}) };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }
}
