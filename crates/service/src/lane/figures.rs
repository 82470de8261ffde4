//! How the lane of this process does, for people; `/metrics` tells machines more.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a lane counts while it works.
#[derive(Debug, Default)]
pub(super) struct Counts {
    batches: AtomicU64,
    commands: AtomicU64,
    last_batch_micros: AtomicU64,
}

impl Counts {
    pub(super) fn batch(&self, commands: usize, took: Duration) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.commands.fetch_add(u64::try_from(commands).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.last_batch_micros.store(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn figures(&self, waiting: usize) -> LaneFigures {
        LaneFigures {
            waiting,
            batches: self.batches.load(Ordering::Relaxed),
            commands: self.commands.load(Ordering::Relaxed),
            last_batch: Duration::from_micros(self.last_batch_micros.load(Ordering::Relaxed)),
        }
    }
}

/// How the lane of this process does, since it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneFigures {
    /// Commands that wait at this moment.
    pub waiting: usize,
    /// Transactions so far.
    pub batches: u64,
    /// Commands in them.
    pub commands: u64,
    /// How long the last transaction took, from loading to commit.
    pub last_batch: Duration,
}
