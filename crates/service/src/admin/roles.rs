//! Who administers the platform. The last one who can stays.

use serde_json::json;
use tallyport_domain::Role;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::{Tx, administration};

use super::letters::{self, Occasion};
use super::{AdminRefusal, Authority};
use crate::Services;
use crate::audit::Deed;

impl Services {
    /// Makes somebody an administrator.
    pub async fn make_administrator(&self, by: &Authority, id: DeveloperId) -> Result<(), AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        self.change_role(&mut tx, by, id, Role::Administrator).await?;
        Ok(tx.commit().await?)
    }

    /// Makes an administrator a developer like others, unless nobody would be left who administers.
    pub async fn remove_administrator(&self, by: &Authority, id: DeveloperId) -> Result<(), AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        // Of many who take each other's place away at once, each waits here for the one before and
        // then counts who is left.
        let acting = administration::lock_acting_administrators(&mut tx).await?;
        self.confirm_authority(&mut tx, by).await?;
        if acting == [id] {
            return Err(AdminRefusal::LastAdministrator);
        }
        self.change_role(&mut tx, by, id, Role::Developer).await?;
        Ok(tx.commit().await?)
    }

    async fn change_role(&self, tx: &mut Tx, by: &Authority, id: DeveloperId, to: Role) -> Result<(), AdminRefusal> {
        let (from, action, occasion) = match to {
            Role::Administrator => (Role::Developer, "administrator.made", Occasion::MadeAdministrator),
            Role::Developer => (Role::Administrator, "administrator.removed", Occasion::RemovedAdministrator),
        };
        let person = administration::find_person(&mut *tx, id).await?.ok_or(AdminRefusal::Unknown)?;
        if !administration::set_role(tx, id, from, to).await? {
            return Err(AdminRefusal::NotNow);
        }
        // A session begins with a role and ends with it.
        let sessions = administration::end_sessions(tx, id).await?;
        if !by.is(id) {
            self.write_mail(tx, &person.email, &letters::about(occasion, &person, self)).await?;
        }
        let detail = json!({ "sessions_ended": sessions });
        Ok(self.record(tx, &by.actor(), Deed { action, object: id.to_string(), detail }).await?)
    }
}
