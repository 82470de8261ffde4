//! The sessions of a person, for that person to look at and end.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;
use tallyport_domain::device::Device;
use tallyport_storage::sessions::{self, SessionIdHash, SessionOfDeveloper};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::caller::Member;
use crate::error::ServiceError;

/// How many sessions are shown; nobody has so many devices.
const SHOWN_MAX: u32 = 100;

/// What a session is kept under: a hash of the id that only its browser knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionKey(SessionIdHash);

impl SessionKey {
    /// The key of a session's id.
    #[must_use]
    pub fn of_id(id: i128) -> Self {
        let mut hash = SessionIdHash::default();
        hash.copy_from_slice(digest(&SHA256, &id.to_le_bytes()).as_ref());
        Self(hash)
    }

    /// The hash itself.
    #[must_use]
    pub const fn hash(&self) -> &SessionIdHash {
        &self.0
    }
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionOfMember {
    /// Names it towards its owner. Nobody gets in with it.
    pub handle: String,
    /// The device.
    pub device: Device,
    /// The address that it was last used from.
    pub network: String,
    /// When it began.
    pub created_at_ms: i64,
    /// When it was last used, give or take a few minutes.
    pub seen_at_ms: i64,
    /// Whether it is the one that looks.
    pub is_current: bool,
}

impl Services {
    /// The sessions of a member, the one used last first.
    pub async fn list_sessions(
        &self,
        member: &Member,
        current: &SessionKey,
    ) -> Result<Vec<SessionOfMember>, ServiceError> {
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        let found = sessions::list_of_developer(&mut reader, member.developer_id, now_ms, SHOWN_MAX).await?;
        Ok(found.into_iter().map(|session| shown(session, current)).collect())
    }

    /// Ends one session of a member. `false` when there is none by this handle.
    pub async fn end_session(&self, member: &Member, handle: &str) -> Result<bool, ServiceError> {
        let Some(hash) = bytes(handle) else { return Ok(false) };
        let mut tx = self.db().begin_write().await?;
        if !sessions::delete_of_developer(&mut tx, member.developer_id, &hash).await? {
            return Ok(false);
        }
        self.record_ended(&mut tx, member, 1).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Ends every session of a member but the one that asks. Returns how many.
    pub async fn end_other_sessions(&self, member: &Member, current: &SessionKey) -> Result<u64, ServiceError> {
        let mut tx = self.db().begin_write().await?;
        let ended = sessions::delete_all_of_developer(&mut tx, member.developer_id, Some(current.hash())).await?;
        self.record_ended(&mut tx, member, ended).await?;
        tx.commit().await?;
        Ok(ended)
    }

    async fn record_ended(
        &self,
        tx: &mut tallyport_storage::Tx,
        member: &Member,
        count: u64,
    ) -> Result<(), ServiceError> {
        let object = member.developer_id.to_string();
        let deed = Deed { action: "account.sessions_ended", object, detail: json!({ "count": count }) };
        self.record(tx, &Actor::person(member), deed).await
    }
}

fn shown(session: SessionOfDeveloper, current: &SessionKey) -> SessionOfMember {
    SessionOfMember {
        handle: session.id_hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        device: session.device.parse().unwrap_or(Device::UNKNOWN),
        network: session.network,
        created_at_ms: session.created_at_ms,
        seen_at_ms: session.seen_at_ms,
        is_current: session.id_hash == current.0,
    }
}

fn bytes(handle: &str) -> Option<Vec<u8>> {
    if handle.len() != 64 || !handle.is_ascii() {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&handle[at * 2..at * 2 + 2], 16).ok()).collect()
}
