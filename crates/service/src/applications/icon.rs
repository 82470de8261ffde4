//! The icon of an application: a small picture in the database.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;
use tallyport_domain::Role;
use tallyport_domain::icon::{IconRefusal, IconType};
use tallyport_domain::ids::AppId;
use tallyport_domain::team::Power;
use tallyport_storage::application_icons::{self, IconRecord};
use tallyport_storage::{StorageError, applications};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;
use crate::teams::AccessRefusal;

/// Bytes of a picture's hash that make its revision.
const REVISION_BYTES: usize = 8;

/// Why an icon is not set.
#[derive(Debug, thiserror::Error)]
pub enum SetIconRefusal {
    /// The file is not taken.
    #[error(transparent)]
    Icon(#[from] IconRefusal),
    /// The person may not.
    #[error(transparent)]
    Access(#[from] AccessRefusal),
}

impl From<StorageError> for SetIconRefusal {
    fn from(error: StorageError) -> Self {
        Self::Access(error.into())
    }
}

impl From<ServiceError> for SetIconRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Access(error.into())
    }
}

impl Services {
    /// Whether somebody may set an application's icon; to be asked before a file is taken in.
    pub async fn may_set_icon(&self, member: &Member, id: AppId) -> Result<(), AccessRefusal> {
        self.application_for(&mut self.db().read().await?, member, id, Power::Develop).await.map(|_| ())
    }

    /// Sets an application's icon.
    pub async fn set_icon(&self, member: &Member, id: AppId, bytes: Vec<u8>) -> Result<(), SetIconRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.application_for(&mut tx, member, id, Power::Develop).await?;
        let media_type = IconType::of(&bytes)?;
        let revision: String =
            digest(&SHA256, &bytes).as_ref()[..REVISION_BYTES].iter().map(|byte| format!("{byte:02x}")).collect();
        let icon = IconRecord { application_id: id, media_type, bytes, revision, updated_at_ms: self.clock().now_ms() };
        application_icons::set(&mut tx, &icon).await?;
        let detail = json!({ "media_type": media_type.as_str(), "bytes": icon.bytes.len() });
        let deed = Deed { action: "application.icon_set", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// Takes an application's icon away. One that is gone already stays gone.
    pub async fn remove_icon(&self, member: &Member, id: AppId) -> Result<(), AccessRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.application_for(&mut tx, member, id, Power::Develop).await?;
        if !application_icons::remove(&mut tx, id).await? {
            return Ok(());
        }
        let deed = Deed { action: "application.icon_removed", object: id.to_string(), detail: json!({}) };
        self.record(&mut tx, &Actor::person(member), deed).await?;
        Ok(tx.commit().await?)
    }

    /// The revision of the icon of one of the member's applications.
    pub async fn find_icon_revision(&self, member: &Member, id: AppId) -> Result<Option<String>, ServiceError> {
        if self.find_application(member, id).await?.is_none() {
            return Ok(None);
        }
        Ok(application_icons::find_revision(&mut self.db().read().await?, id).await?)
    }

    /// The icon of an application, for the members of its team and for administrators.
    pub async fn find_icon(&self, member: &Member, id: AppId) -> Result<Option<IconRecord>, ServiceError> {
        let mut reader = self.db().read().await?;
        let may_see = member.role == Role::Administrator
            || applications::find_of_member(&mut reader, id, member.developer_id).await?.is_some();
        if may_see { Ok(application_icons::find(&mut reader, id).await?) } else { Ok(None) }
    }
}
