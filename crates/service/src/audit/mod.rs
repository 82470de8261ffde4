//! The audit log: every change that a person makes is written down in the transaction of the change.

mod search;
mod verify;

use std::net::IpAddr;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::Value;
use tallyport_domain::audit::{ActorKind, Entry, EntryHash};
use tallyport_domain::ids::{AppId, HolderId};
use tallyport_storage::audit::{self, ChainEnd, ChainedEntry};
use tallyport_storage::{StorageError, Tx};

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;

pub use search::AuditSearch;
pub use tallyport_domain::audit::Entry as AuditEntry;
pub use verify::{ChainState, verify};

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    kind: ActorKind,
    name: String,
    network: Option<IpAddr>,
}

impl Actor {
    /// A person with a session, or the command that acts in their place.
    #[must_use]
    pub fn person(member: &Member) -> Self {
        if let Some(command) = member.command {
            return Self::command(command);
        }
        Self { kind: ActorKind::Person, name: member.developer_id.to_string(), network: member.network }
    }

    /// An account holder with a session.
    #[must_use]
    pub fn holder(id: HolderId, network: Option<IpAddr>) -> Self {
        Self { kind: ActorKind::Holder, name: id.to_string(), network }
    }

    /// An application by its token.
    #[must_use]
    pub fn application(id: AppId, network: Option<IpAddr>) -> Self {
        Self { kind: ActorKind::Application, name: id.to_string(), network }
    }

    /// Somebody at the command line of the machine.
    #[must_use]
    pub fn command(command: &str) -> Self {
        Self { kind: ActorKind::Command, name: command.to_owned(), network: None }
    }

    /// The platform by itself.
    #[must_use]
    pub fn platform(part: &str) -> Self {
        Self { kind: ActorKind::Platform, name: part.to_owned(), network: None }
    }
}

/// What was done.
#[derive(Debug, Clone)]
pub struct Deed {
    /// In words that stay the same, such as `application.renamed`.
    pub action: &'static str,
    /// To what: an id.
    pub object: String,
    /// What else is worth knowing. Never a secret.
    pub detail: Value,
}

impl Services {
    /// Writes down what was done, as the last step of the transaction that does it: the log's end is
    /// locked until the transaction ends.
    pub(crate) async fn record(&self, tx: &mut Tx, actor: &Actor, deed: Deed) -> Result<(), ServiceError> {
        Ok(record_at(tx, actor, deed, self.clock().now_ms()).await?)
    }
}

/// [`Services::record`] for the write lane, which has the time and no services.
pub(crate) async fn record_at(tx: &mut Tx, actor: &Actor, deed: Deed, now_ms: i64) -> Result<(), StorageError> {
    let ChainEnd { sequence, hash: previous } = audit::lock_end(tx).await?;
    let entry = Entry {
        sequence: sequence + 1,
        actor_kind: actor.kind,
        actor: actor.name.clone(),
        action: deed.action.to_owned(),
        object: deed.object,
        detail: deed.detail.to_string(),
        network: actor.network.map(|address| address.to_string()).unwrap_or_default(),
        created_at_ms: now_ms,
    };
    let hash = hash(&entry, &previous);
    audit::append(tx, &ChainedEntry { entry, hash }).await
}

fn hash(entry: &Entry, previous: &EntryHash) -> EntryHash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &entry.hashed_bytes(previous)).as_ref());
    hash
}
