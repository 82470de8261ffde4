//! Going over the whole book, on a system that works meanwhile: every table by its key in pages, every
//! account line by line, the chains of batches and of the audit log. Changes nothing, needs no key, and
//! says what is wrong where.

mod accounts;
mod batches;

use std::collections::BTreeMap;

use tallyport_domain::books::chain::BatchHash;
use tallyport_storage::Db;
pub use tallyport_storage::verify::Fault;
use tallyport_storage::verify::{WALKS, Walker};

use crate::Services;
use crate::audit::{self, ChainState};
use crate::error::ServiceError;

/// How many faults are kept with their places; the others are counted.
pub const FAULTS_KEPT_MAX: usize = 1_000;

/// What a walk over the books found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is wrong where; the first of them.
    pub faults: Vec<Fault>,
    /// How much is wrong in all.
    pub faults_count: u64,
    /// How many rows of each table were read.
    pub walked: BTreeMap<&'static str, i64>,
    /// A hash over the ends of all chains of batches: whoever keeps it elsewhere can tell later that
    /// the books still hold what they held, as long as nothing was written since.
    pub end: BatchHash,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults_count == 0
    }
}

/// What a walk has seen so far, and who is told.
struct Watch<'w> {
    verdict: Verdict,
    progress: &'w mut (dyn FnMut(&'static str, i64) + Send),
}

impl Watch<'_> {
    fn faults(&mut self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            self.verdict.faults_count += 1;
            if self.verdict.faults.len() < FAULTS_KEPT_MAX {
                self.verdict.faults.push(fault);
            }
        }
    }

    /// So many more rows of a table were read.
    fn walked(&mut self, table: &'static str, rows: i64) {
        let so_far = self.verdict.walked.entry(table).or_default();
        *so_far += rows;
        (self.progress)(table, *so_far);
    }
}

/// Walks the whole book of a database. `progress` is told which table is read and how many of its rows
/// were read so far.
pub async fn verify(db: &Db, progress: &mut (dyn FnMut(&'static str, i64) + Send)) -> Result<Verdict, ServiceError> {
    let verdict = Verdict { faults: Vec::new(), faults_count: 0, walked: BTreeMap::new(), end: BatchHash::default() };
    let mut watch = Watch { verdict, progress };
    accounts::check_sums(db, &mut watch).await?;
    accounts::check_lines(db, &mut watch).await?;
    for walk in WALKS {
        let mut walker = Walker::begin(db, walk).await?;
        while let Some(page) = walker.next(db).await? {
            watch.faults(page.faults);
            watch.walked(walk.table, page.rows);
        }
    }
    batches::check(db, &mut watch).await?;
    check_audit_log(db, &mut watch).await?;
    Ok(watch.verdict)
}

async fn check_audit_log(db: &Db, watch: &mut Watch<'_>) -> Result<(), ServiceError> {
    match audit::verify(db, |_| ()).await? {
        ChainState::Whole { entries, .. } => watch.walked("audit_entries", entries),
        ChainState::Broken { sequence } => watch.faults([Fault {
            rule: "an entry of the audit log follows from the one before it",
            table: "audit_entries",
            place: sequence.to_string(),
            stands: "missing, changed or out of place".to_owned(),
            follows: "the entry that was written".to_owned(),
        }]),
    }
    Ok(())
}

impl Services {
    /// Walks the whole book.
    pub async fn verify_books(&self) -> Result<Verdict, ServiceError> {
        verify(self.db(), &mut |_, _| ()).await
    }
}
