//! Closing an application: its keys stop at once, its payments stay.

use serde_json::json;
use tallyport_domain::ids::AppId;
use tallyport_domain::team::Power;
use tallyport_storage::{StorageError, applications};

use crate::Services;
use crate::approval::ApprovalRefusal;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// Why an application is not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseRefusal {
    /// What was typed is not its name.
    #[error("the name that was typed is not the application's")]
    OtherName,
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for CloseRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for CloseRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

impl Services {
    /// Closes an application for good, when the person typed its name. No key and no token of it works
    /// from then on: here at once, in other processes as soon as they ask the database again.
    pub async fn close_application(&self, member: &Member, id: AppId, typed_name: &str) -> Result<(), CloseRefusal> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let application = self.application_for(&mut tx, member, id, Power::Own).await?.application;
        if typed_name.trim() != application.name {
            return Err(CloseRefusal::OtherName);
        }
        if !applications::close(&mut tx, id, now_ms).await? {
            return Err(AccessRefusal::Closed.into());
        }
        let mut tx = self.close_approval(tx, member, id).await.map_err(unapproved)?;
        self.tell_team_of_closing(&mut tx, member, &application).await?;
        let detail = json!({ "name": application.name });
        let deed = Deed { action: "application.closed", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        self.forget_standing(id);
        Ok(())
    }
}

/// The person is an owner and the application is there, so only a fault is left.
fn unapproved(refusal: ApprovalRefusal) -> CloseRefusal {
    match refusal {
        ApprovalRefusal::Service(error) => CloseRefusal::Access(error.into()),
        _ => CloseRefusal::Access(AccessRefusal::Unknown),
    }
}
