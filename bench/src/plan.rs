//! How much is measured.

use std::time::Duration;

use anyhow::Result;

/// The extent of the measurements.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Interleaved runs of each figure. Medians need at least five.
    pub(crate) runs: usize,
    /// How long one run of the load takes, roughly.
    pub(crate) run_for: Duration,
    /// How long one run of the disk's probe takes.
    pub(crate) probe_for: Duration,
    /// Connections that ask at once.
    pub(crate) connections: usize,
    /// How many stored payments are many.
    pub(crate) stored: u64,
    /// How often each page is asked for.
    pub(crate) page_asks: usize,
    /// Times that the server is killed on SQLite.
    pub(crate) kills_sqlite: usize,
    /// Times that the server is killed on PostgreSQL.
    pub(crate) kills_postgres: usize,
}

impl Plan {
    /// How many make a run of the planned length at such a rate per second.
    pub(crate) fn count_at(&self, per_second: u64) -> Result<usize> {
        Ok(usize::try_from(per_second * u64::try_from(self.run_for.as_millis())? / 1000)?)
    }

    pub(crate) const QUICK: Self = Self {
        runs: 5,
        run_for: Duration::from_secs(3),
        probe_for: Duration::from_millis(500),
        connections: 64,
        stored: 100_000,
        page_asks: 50,
        kills_sqlite: 10,
        kills_postgres: 10,
    };

    pub(crate) const LONG: Self = Self {
        runs: 9,
        run_for: Duration::from_secs(15),
        probe_for: Duration::from_secs(2),
        connections: 64,
        stored: 1_000_000,
        page_asks: 200,
        kills_sqlite: 50,
        kills_postgres: 20,
    };
}
