//! Chaining a batch to the one before it, when it is written and when it is checked.

use aws_lc_rs::digest::{SHA256, digest};
use tallyport_domain::books::Changes;
use tallyport_domain::books::chain::{Batch, BatchContents, BatchHash, HashedBytes, HashedEvent};
use tallyport_domain::ids::ProcessId;
use tallyport_domain::ledger::Entry;
use tallyport_storage::batches::{ChainEnd, ChainedBatch};

/// The link for what a batch writes, behind the end of its lane's chain.
#[must_use]
pub fn link(lane: ProcessId, end: &ChainEnd, changes: &Changes, bodies: &[String], created_at_ms: i64) -> ChainedBatch {
    let contents = BatchContents::of(changes);
    let batch = Batch { lane, sequence: end.sequence + 1, contents, created_at_ms };
    let told: Vec<_> =
        changes.events.iter().map(|event| [event.id.to_string(), event.object.application_id().to_string()]).collect();
    let events = changes.events.iter().zip(&told).zip(bodies).map(|((event, [id, application]), body)| HashedEvent {
        object_id: event.object.id(),
        sequence: event.sequence,
        texts: [id, application, event.object.environment().as_str(), event.kind.as_str(), body],
        created_at_ms: event.created_at_ms,
    });
    let hash = hash(&batch, &end.hash, changes.entries.iter().collect(), events.collect());
    ChainedBatch { batch, hash }
}

/// The hash of a batch with these lines and events, in whatever order they come.
pub(crate) fn hash(
    batch: &Batch,
    previous: &BatchHash,
    mut entries: Vec<&Entry>,
    mut events: Vec<HashedEvent<'_>>,
) -> BatchHash {
    entries.sort_unstable_by_key(|entry| (entry.account_id, entry.sequence));
    events.sort_unstable_by_key(|event| (event.object_id, event.sequence));
    let mut bytes = HashedBytes::of(batch, previous);
    for entry in entries {
        bytes.entry(entry);
    }
    for event in &events {
        bytes.event(event);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes.bytes()).as_ref());
    hash
}
