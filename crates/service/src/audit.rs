//! The audit log: every change that a person makes is written down in the transaction of the change.

use std::net::IpAddr;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::Value;
use tallyport_domain::audit::{ActorKind, BEGINNING, Entry, EntryHash};
use tallyport_domain::ids::AppId;
use tallyport_storage::Tx;
use tallyport_storage::audit::{self, ChainEnd, ChainedEntry};

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;

/// How many entries are read at a time when the chain is walked.
const WALKED_AT_A_TIME: u32 = 1_000;

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    kind: ActorKind,
    name: String,
    network: Option<IpAddr>,
}

impl Actor {
    /// A person with a session.
    #[must_use]
    pub fn person(member: &Member) -> Self {
        Self { kind: ActorKind::Person, name: member.developer_id.to_string(), network: member.network }
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

/// What a walk over the whole log found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainState {
    /// Every entry follows from the one before it.
    Whole {
        /// How many there are.
        entries: i64,
    },
    /// The log is not what was written.
    Broken {
        /// The first entry that is missing, changed or out of place.
        sequence: i64,
    },
}

impl Services {
    /// Writes down what was done, as the last step of the transaction that does it: the log's end is
    /// locked until the transaction ends.
    pub(crate) async fn record(&self, tx: &mut Tx, actor: &Actor, deed: Deed) -> Result<(), ServiceError> {
        let ChainEnd { sequence, hash: previous } = audit::lock_end(tx).await?;
        let entry = Entry {
            sequence: sequence + 1,
            actor_kind: actor.kind,
            actor: actor.name.clone(),
            action: deed.action.to_owned(),
            object: deed.object,
            detail: deed.detail.to_string(),
            network: actor.network.map(|address| address.to_string()).unwrap_or_default(),
            created_at_ms: self.clock().now_ms(),
        };
        let hash = hash(&entry, &previous);
        Ok(audit::append(tx, &ChainedEntry { entry, hash }).await?)
    }

    /// Walks the whole log and says whether it is what was written.
    pub async fn verify_audit_log(&self) -> Result<ChainState, ServiceError> {
        let mut snapshot = self.db().begin_read().await?;
        let (mut sequence, mut previous) = (0, BEGINNING);
        loop {
            let entries = audit::list_from(&mut snapshot, sequence, WALKED_AT_A_TIME).await?;
            let is_last = entries.len() < usize::try_from(WALKED_AT_A_TIME).unwrap_or(usize::MAX);
            for ChainedEntry { entry, hash: stored } in entries {
                sequence += 1;
                if entry.sequence != sequence || hash(&entry, &previous) != stored {
                    return Ok(ChainState::Broken { sequence });
                }
                previous = stored;
            }
            if is_last {
                break;
            }
        }
        // The end is kept beside the log, so that cutting entries off its end is seen as well.
        let end = audit::find_end(&mut snapshot).await?;
        let is_whole = end == ChainEnd { sequence, hash: previous };
        Ok(if is_whole {
            ChainState::Whole { entries: sequence }
        } else {
            ChainState::Broken { sequence: sequence + 1 }
        })
    }
}

fn hash(entry: &Entry, previous: &EntryHash) -> EntryHash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, &entry.hashed_bytes(previous)).as_ref());
    hash
}
