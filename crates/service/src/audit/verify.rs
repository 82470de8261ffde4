//! Whether the audit log is what was written: its entries follow from each other, and from the first to
//! the last none is missing.

use tallyport_domain::audit::{BEGINNING, EntryHash};
use tallyport_storage::audit::{self, ChainEnd, ChainedEntry};
use tallyport_storage::{Db, StorageError, Tx};

use super::hash;
use crate::Services;
use crate::error::ServiceError;

/// How many entries are read at a time when the chain is walked.
const WALKED_AT_A_TIME: u32 = 1_000;
/// How many of the newest entries are checked for a glance.
const NEWEST: i64 = 500;

/// What a walk over the log found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainState {
    /// Every entry follows from the one before it.
    Whole {
        /// How many there are.
        entries: i64,
        /// The last one's hash: whoever keeps it elsewhere can tell later that the log still holds it.
        end: EntryHash,
    },
    /// The log is not what was written.
    Broken {
        /// The first entry that is missing, changed or out of place.
        sequence: i64,
    },
}

/// Walks the whole log of a database. `progress` is told how many entries were read so far.
pub async fn verify(db: &Db, mut progress: impl FnMut(i64)) -> Result<ChainState, ServiceError> {
    let mut snapshot = db.begin_read().await?;
    walk(&mut snapshot, 0, BEGINNING, &mut progress).await
}

impl Services {
    /// Walks the whole log and says whether it is what was written.
    pub async fn verify_audit_log(&self) -> Result<ChainState, ServiceError> {
        verify(self.db(), |_| ()).await
    }

    /// Walks the newest entries only, from one that is taken as it stands.
    pub async fn verify_newest_audit_entries(&self) -> Result<ChainState, ServiceError> {
        let mut snapshot = self.db().begin_read().await?;
        let start = (audit::find_end(&mut snapshot).await?.sequence - NEWEST).max(0);
        if start == 0 {
            return walk(&mut snapshot, 0, BEGINNING, &mut |_| ()).await;
        }
        let first = match audit::list_from(&mut snapshot, start - 1, 1).await {
            Ok(first) => first,
            Err(error) => return broken_at(error),
        };
        match first.first() {
            Some(first) if first.entry.sequence == start => walk(&mut snapshot, start, first.hash, &mut |_| ()).await,
            _ => Ok(ChainState::Broken { sequence: start }),
        }
    }
}

async fn walk(
    snapshot: &mut Tx,
    mut sequence: i64,
    mut previous: EntryHash,
    progress: &mut impl FnMut(i64),
) -> Result<ChainState, ServiceError> {
    loop {
        let entries = match audit::list_from(&mut *snapshot, sequence, WALKED_AT_A_TIME).await {
            Ok(entries) => entries,
            Err(error) => return broken_at(error),
        };
        let is_last = entries.len() < usize::try_from(WALKED_AT_A_TIME).unwrap_or(usize::MAX);
        for ChainedEntry { entry, hash: stored } in entries {
            sequence += 1;
            if entry.sequence != sequence || hash(&entry, &previous) != stored {
                return Ok(ChainState::Broken { sequence });
            }
            previous = stored;
        }
        progress(sequence);
        if is_last {
            break;
        }
    }
    // The end is kept beside the log, so that cutting entries off its end is seen as well.
    let end = audit::find_end(&mut *snapshot).await;
    let is_whole = matches!(end, Ok(end) if end == ChainEnd { sequence, hash: previous });
    match end {
        Ok(_) | Err(StorageError::Corrupt { .. }) if !is_whole => Ok(ChainState::Broken { sequence: sequence + 1 }),
        Ok(_) => Ok(ChainState::Whole { entries: sequence, end: previous }),
        Err(error) => Err(error.into()),
    }
}

/// An entry that cannot even be read was changed as well.
fn broken_at(error: StorageError) -> Result<ChainState, ServiceError> {
    match &error {
        StorageError::Corrupt { table: "audit_entries", id, .. } => match id.parse() {
            Ok(sequence) => Ok(ChainState::Broken { sequence }),
            Err(_) => Err(error.into()),
        },
        _ => Err(error.into()),
    }
}
