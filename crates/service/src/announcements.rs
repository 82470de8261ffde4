//! Announcements: made and taken away by administrators, shown to everybody by every process within a
//! second.

use serde_json::json;
use tallyport_domain::announcement::{Announcement, AnnouncementDraft, AnnouncementFault};
use tallyport_domain::ids::AnnouncementId;
use tallyport_storage::announcements;

use crate::Services;
use crate::admin::{AdminRefusal, Administrator, Authority};
use crate::audit::Deed;
use crate::error::ServiceError;
use crate::ports::random_bytes;

/// How many announcements there may be, those of the past included: every page reads them all.
pub const ANNOUNCEMENTS_MAX: u32 = 50;

/// Why an announcement is not made.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceRefusal {
    /// Whoever asks may not.
    #[error(transparent)]
    Admin(#[from] AdminRefusal),
    /// What is wrong with it.
    #[error("some fields have to be corrected")]
    Faults(Vec<AnnouncementFault>),
    /// There are as many as there may be.
    #[error("there are {ANNOUNCEMENTS_MAX} announcements; take one away first")]
    TooMany,
}

impl From<tallyport_storage::StorageError> for AnnounceRefusal {
    fn from(error: tallyport_storage::StorageError) -> Self {
        Self::Admin(error.into())
    }
}

impl From<ServiceError> for AnnounceRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Admin(error.into())
    }
}

impl Services {
    /// The announcements that are to be seen now, the newest first, at most a second old.
    pub async fn current_announcements(&self) -> Result<Vec<Announcement>, ServiceError> {
        let now_ms = self.clock().now_ms();
        let read = async { Ok(announcements::list(&mut self.db().read().await?, ANNOUNCEMENTS_MAX).await?.into()) };
        let known = self.recent_announcements().or_read(read).await?;
        Ok(known.iter().filter(|announcement| announcement.is_shown_at(now_ms)).cloned().collect())
    }

    /// All announcements, of the past and to come as well.
    pub async fn list_announcements(&self, _by: &Administrator) -> Result<Vec<Announcement>, ServiceError> {
        Ok(announcements::list(&mut self.db().read().await?, ANNOUNCEMENTS_MAX).await?)
    }

    /// Makes an announcement.
    pub async fn announce(&self, by: &Authority, draft: AnnouncementDraft) -> Result<AnnouncementId, AnnounceRefusal> {
        let draft = draft.checked().map_err(AnnounceRefusal::Faults)?;
        let now_ms = self.clock().now_ms();
        let id = AnnouncementId::from_parts(now_ms, random_bytes(self.randomness()));
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        // Whoever announces at the same moment waits here, so that the count holds.
        tallyport_storage::audit::lock_end(&mut tx).await?;
        if announcements::count(&mut tx).await? >= i64::from(ANNOUNCEMENTS_MAX) {
            return Err(AnnounceRefusal::TooMany);
        }
        let detail = json!({
            "text_en": draft.text_en, "text_zh": draft.text_zh, "tone": draft.tone.as_str(),
            "on_landing": draft.on_landing, "from_ms": draft.from_ms, "until_ms": draft.until_ms,
        });
        announcements::insert(&mut tx, &Announcement { id, draft, created_at_ms: now_ms }).await?;
        self.record(&mut tx, &by.actor(), Deed { action: "announcement.made", object: id.to_string(), detail }).await?;
        tx.commit().await?;
        self.recent_announcements().forget();
        Ok(id)
    }

    /// Takes an announcement away.
    pub async fn withdraw_announcement(&self, by: &Authority, id: AnnouncementId) -> Result<(), AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        if !announcements::delete(&mut tx, id).await? {
            return Err(AdminRefusal::Unknown);
        }
        let deed = Deed { action: "announcement.withdrawn", object: id.to_string(), detail: json!({}) };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.recent_announcements().forget();
        Ok(())
    }
}
