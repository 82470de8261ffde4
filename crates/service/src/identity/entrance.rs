//! Whose session it may be: what a session begins with, and what is asked of it at every request.

use aws_lc_rs::digest::{SHA256, digest};
use subtle::ConstantTimeEq as _;
use tallyport_domain::ids::DeveloperId;
use tallyport_storage::developers::{self, DeveloperRecord};

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;

/// Stands for the password that somebody had when their session began. A session with another stamp
/// is over, so a new password ends every session, even one that is beginning at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionStamp(String);

/// Tells these hashes from all others of the same text.
const STAMP_LABEL: &[u8] = b"tallyport session stamp\0";
const STAMP_BYTES: usize = 16;

impl SessionStamp {
    pub(super) fn of(developer: &DeveloperRecord) -> Self {
        let text = [STAMP_LABEL, developer.id.to_string().as_bytes(), developer.password_hash.as_bytes()].concat();
        let hash = digest(&SHA256, &text);
        Self(hash.as_ref()[..STAMP_BYTES].iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// A stamp as it was kept with a session.
    #[must_use]
    pub const fn kept(text: String) -> Self {
        Self(text)
    }

    /// The text to keep with the session.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn is(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

/// Somebody who has shown who they are: a session may begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrance {
    /// Who it is.
    pub member: Member,
    /// What to keep with the session.
    pub stamp: SessionStamp,
}

impl Entrance {
    pub(super) fn of(developer: DeveloperRecord) -> Self {
        Self { stamp: SessionStamp::of(&developer), member: member(developer) }
    }
}

/// Whether somebody may be signed in at all.
pub(super) const fn is_open(developer: &DeveloperRecord) -> bool {
    developer.email_verified_at_ms.is_some() && developer.suspended_at_ms.is_none() && developer.closed_at_ms.is_none()
}

impl Services {
    /// The person with this id, as long as they may be signed in.
    pub async fn find_member(&self, id: DeveloperId) -> Result<Option<Member>, ServiceError> {
        Ok(self.find_open(id).await?.map(member))
    }

    /// The person of a session, as long as they may be signed in and the session is not over. Asked
    /// at every request, so that a suspension counts at once on every process.
    pub async fn find_member_of_session(
        &self,
        id: DeveloperId,
        stamp: &SessionStamp,
    ) -> Result<Option<Member>, ServiceError> {
        let found = self.find_open(id).await?;
        Ok(found.filter(|developer| SessionStamp::of(developer).is(stamp)).map(member))
    }

    /// The same for somebody who is about to begin a session.
    pub(super) async fn find_entrance(
        &self,
        id: DeveloperId,
        stamp: &SessionStamp,
    ) -> Result<Option<Entrance>, ServiceError> {
        let found = self.find_open(id).await?.map(Entrance::of);
        Ok(found.filter(|entrance| entrance.stamp.is(stamp)))
    }

    async fn find_open(&self, id: DeveloperId) -> Result<Option<DeveloperRecord>, ServiceError> {
        Ok(developers::find_by_id(&mut self.db().read().await?, id).await?.filter(is_open))
    }
}

pub(super) fn member(developer: DeveloperRecord) -> Member {
    Member {
        developer_id: developer.id,
        name: developer.name,
        email: developer.email,
        role: developer.role,
        language: developer.language,
        network: None,
        command: None,
    }
}
