//! Seeded histories on the pure core, optimised, because there are many.

use crate::run;
use anyhow::Result;

/// Runs so many histories, or the one that is to be replayed.
pub(crate) fn run(seeds: u64, seed: Option<u64>) -> Result<()> {
    let title = match seed {
        Some(seed) => format!("history {seed}"),
        None => format!("{seeds} histories"),
    };
    run::step(&title, || {
        let mut cargo = run::cargo();
        cargo.args(["test", "--release", "-p", "tallyport-domain", "--test", "simulation", "--", "--nocapture"]);
        cargo.env("TALLYPORT_SIMULATE_SEEDS", seeds.to_string());
        if let Some(seed) = seed {
            cargo.env("TALLYPORT_SIMULATE_SEED", seed.to_string());
        }
        run::command(&mut cargo)
    })
}
