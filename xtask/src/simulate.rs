//! Seeded histories on the pure core and, fewer of them, through the real storage; optimised, because
//! there are many.

use crate::run;
use anyhow::Result;
use std::path::Path;

/// Where files lie in memory, so that a history waits for no disk.
const MEMORY: &str = "/dev/shm";

/// Runs so many histories, or the one that is to be replayed.
pub(crate) fn run(seeds: u64, seed: Option<u64>) -> Result<()> {
    let title = match seed {
        Some(seed) => format!("history {seed}"),
        None => format!("{seeds} histories"),
    };
    run::step(&format!("{title} on the pure core"), || simulate("tallyport-domain", seeds, seed))?;
    run::step(&format!("{title}, some of them through SQLite"), || simulate("tallyport-service", seeds, seed))
}

fn simulate(package: &str, seeds: u64, seed: Option<u64>) -> Result<()> {
    let mut cargo = run::cargo();
    cargo.args(["test", "--release", "-p", package, "--test", "simulation", "--", "--nocapture"]);
    cargo.env("TALLYPORT_SIMULATE_SEEDS", seeds.to_string());
    if let Some(seed) = seed {
        cargo.env("TALLYPORT_SIMULATE_SEED", seed.to_string());
    }
    if Path::new(MEMORY).is_dir() {
        cargo.env("TMPDIR", MEMORY);
    }
    run::command(&mut cargo)
}
