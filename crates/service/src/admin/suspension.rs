//! Keeping somebody out, letting them in again, and ending their sessions. They are told by mail.

use serde_json::json;
use tallyport_domain::Role;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::administration;

use super::letters::{self, Occasion};
use super::{AdminRefusal, Authority, reason};
use crate::Services;
use crate::audit::Deed;

impl Services {
    /// Keeps somebody out from now on: they cannot sign in, and where they are signed in, they are not
    /// any more.
    pub async fn suspend_person(&self, by: &Authority, id: DeveloperId, why: &str) -> Result<(), AdminRefusal> {
        let why = reason(why)?;
        if by.is(id) {
            return Err(AdminRefusal::Oneself);
        }
        let mut tx = self.db().begin_write().await?;
        // Locked before anybody is asked about, so that two administrators who suspend each other at
        // once cannot both succeed.
        let acting = administration::lock_acting_administrators(&mut tx).await?;
        self.confirm_authority(&mut tx, by).await?;
        let person = administration::find_person(&mut tx, id).await?.ok_or(AdminRefusal::Unknown)?;
        if person.role == Role::Administrator && acting == [id] {
            return Err(AdminRefusal::LastAdministrator);
        }
        if !administration::set_suspended(&mut tx, id, Some(self.clock().now_ms())).await? {
            return Err(AdminRefusal::NotNow);
        }
        let sessions = administration::end_sessions(&mut tx, id).await?;
        self.write_mail(&mut tx, &person.email, &letters::about(Occasion::Suspended { why }, &person, self)).await?;
        let detail = json!({ "reason": why, "sessions_ended": sessions });
        self.record(&mut tx, &by.actor(), Deed { action: "developer.suspended", object: id.to_string(), detail })
            .await?;
        Ok(tx.commit().await?)
    }

    /// Lets somebody in again.
    pub async fn unsuspend_person(&self, by: &Authority, id: DeveloperId, why: &str) -> Result<(), AdminRefusal> {
        let why = reason(why)?;
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        let person = administration::find_person(&mut tx, id).await?.ok_or(AdminRefusal::Unknown)?;
        if !administration::set_suspended(&mut tx, id, None).await? {
            return Err(AdminRefusal::NotNow);
        }
        self.write_mail(&mut tx, &person.email, &letters::about(Occasion::Unsuspended, &person, self)).await?;
        let detail = json!({ "reason": why });
        self.record(&mut tx, &by.actor(), Deed { action: "developer.unsuspended", object: id.to_string(), detail })
            .await?;
        Ok(tx.commit().await?)
    }

    /// Ends all sessions of somebody, and tells how many there were.
    pub async fn end_sessions_of_person(&self, by: &Authority, id: DeveloperId) -> Result<u64, AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        let person = administration::find_person(&mut tx, id).await?.ok_or(AdminRefusal::Unknown)?;
        let sessions = administration::end_sessions(&mut tx, id).await?;
        if !by.is(id) {
            self.write_mail(&mut tx, &person.email, &letters::about(Occasion::SessionsEnded, &person, self)).await?;
        }
        let detail = json!({ "sessions_ended": sessions });
        self.record(&mut tx, &by.actor(), Deed { action: "developer.sessions_ended", object: id.to_string(), detail })
            .await?;
        tx.commit().await?;
        Ok(sessions)
    }
}
