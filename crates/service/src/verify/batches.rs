//! The chains of batches: every batch follows from the one before it, what it names is there as it was
//! written, and nothing is there that no batch wrote.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use tallyport_domain::books::chain::{BatchHash, HashedEvent};
use tallyport_domain::ids::ProcessId;
use tallyport_storage::batches::{self, ChainEnd, ChainedBatch};
use tallyport_storage::verify::Fault;
use tallyport_storage::{Db, StorageError, Tx};

use super::Watch;
use crate::error::ServiceError;
use crate::lane::chain::hash;

const TABLE: &str = "batches";
/// Batches that are read at a time; what they name is read batch by batch.
const PAGE: i64 = 64;

pub(super) async fn check(db: &Db, watch: &mut Watch<'_>) -> Result<(), ServiceError> {
    let mut chains = Chains::default();
    let walked = match chains.walk(db, watch).await {
        Ok(()) => chains.catch_up(db, watch).await,
        Err(error) => Err(error),
    };
    watch.verdict.end = chains.end();
    match walked {
        Err(error @ StorageError::Corrupt { .. }) => {
            let rule = "what a batch wrote can be read";
            let place = format!("behind {} batches", chains.batches);
            watch.faults([Fault { rule, table: TABLE, place, stands: error.to_string(), follows: String::new() }]);
            Ok(())
        }
        walked => Ok(walked?),
    }
}

/// What was walked so far.
#[derive(Default)]
struct Chains {
    ends: BTreeMap<ProcessId, ChainEnd>,
    batches: i64,
    lines: i64,
    events: i64,
}

impl Chains {
    /// Page by page, while batches are added.
    async fn walk(&mut self, db: &Db, watch: &mut Watch<'_>) -> Result<(), StorageError> {
        let mut after = (String::new(), 0);
        loop {
            let mut snapshot = db.begin_read().await?;
            let page = batches::list_from(&mut snapshot, (&after.0, after.1), PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = (last.batch.lane.to_string(), last.batch.sequence);
            self.follow(&mut snapshot, &page, watch).await?;
            snapshot.rollback().await?;
        }
    }

    /// What was added meanwhile, and whether that was all, from one unchanging state.
    async fn catch_up(&mut self, db: &Db, watch: &mut Watch<'_>) -> Result<(), StorageError> {
        let mut snapshot = db.begin_long_read().await?;
        for (lane, last) in batches::list_ends(&mut snapshot).await? {
            while let Some(from) = Some(self.end_of(lane).sequence).filter(|from| *from < last) {
                let mut page = batches::list_from(&mut snapshot, (&lane.to_string(), from), PAGE).await?;
                page.retain(|chained| chained.batch.lane == lane);
                self.follow(&mut snapshot, &page, watch).await?;
            }
        }
        let (lines, events) = batches::count_named(&mut snapshot).await?;
        for (table, stands, follows) in [("ledger_entries", lines, self.lines), ("events", events, self.events)] {
            if stands != follows {
                let rule = "every line and every event was written by a batch";
                let (stands, follows) = (stands.to_string(), follows.to_string());
                watch.faults([Fault { rule, table, place: "in all".to_owned(), stands, follows }]);
            }
        }
        snapshot.rollback().await
    }

    async fn follow(
        &mut self,
        snapshot: &mut Tx,
        page: &[ChainedBatch],
        watch: &mut Watch<'_>,
    ) -> Result<(), StorageError> {
        for chained in page {
            self.step(snapshot, chained, watch).await?;
        }
        watch.walked(TABLE, i64::try_from(page.len()).unwrap_or(i64::MAX));
        Ok(())
    }

    async fn step(
        &mut self,
        snapshot: &mut Tx,
        chained: &ChainedBatch,
        watch: &mut Watch<'_>,
    ) -> Result<(), StorageError> {
        let ChainedBatch { batch, hash: stored } = chained;
        let before = self.end_of(batch.lane);
        let fault = |rule, stands, follows| {
            let place = format!("{} {}", batch.lane, batch.sequence);
            Fault { rule, table: TABLE, place, stands, follows }
        };
        if batch.sequence != before.sequence + 1 {
            let rule = "the batches of a lane are numbered from one without gaps";
            watch.faults([fault(rule, batch.sequence.to_string(), (before.sequence + 1).to_string())]);
        }
        let lines = batches::entries_of(snapshot, &batch.contents).await?;
        let events = batches::events_of(snapshot, &batch.contents).await?;
        let hashed = events.iter().map(|event| HashedEvent {
            object_id: event.object_id,
            sequence: event.sequence,
            texts: event.texts.each_ref().map(String::as_str),
            created_at_ms: event.created_at_ms,
        });
        let found = hash(batch, &before.hash, lines.iter().collect(), hashed.collect());
        let counts = (count(&lines), count(&events));
        if found != *stored {
            let rule = "a batch, what it wrote and the batch before it are as they were written";
            let told = |(lines, events): (i64, i64), hash| format!("{lines} lines, {events} events, {}", hex(hash));
            watch.faults([fault(rule, told(counts, &found), told(batch.contents.counts(), stored))]);
        }
        self.batches += 1;
        self.lines += counts.0;
        self.events += counts.1;
        // From here on the chain is taken as it stands, so that each fault is named once.
        self.ends.insert(batch.lane, chained.end());
        Ok(())
    }

    fn end_of(&self, lane: ProcessId) -> ChainEnd {
        self.ends.get(&lane).copied().unwrap_or(ChainEnd::BEGINNING)
    }

    /// A hash over the ends of all chains.
    fn end(&self) -> BatchHash {
        let mut bytes = Vec::new();
        for (lane, end) in &self.ends {
            bytes.extend(lane.to_string().as_bytes());
            bytes.extend(end.sequence.to_be_bytes());
            bytes.extend(end.hash);
        }
        let mut hash = BatchHash::default();
        hash.copy_from_slice(digest(&SHA256, &bytes).as_ref());
        hash
    }
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

fn hex(hash: &BatchHash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
