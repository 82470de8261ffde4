//! The histories of the pure core once more, through the real storage: every batch is loaded, applied,
//! written and committed as the write lane does it, and lost where the history says that the process
//! dies. What it comes to, and what is there after each step, has to be what the core says; and the books
//! have to be whole, as `tallyport verify` sees them.
//!
//! `cargo xtask simulate` runs more of them; `--seed S` replays one.

#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]
#![allow(dead_code, reason = "the histories serve the tests of the core as well")]

#[path = "../../../domain/tests/simulation/bugs.rs"]
mod bugs;
#[path = "../../../domain/tests/simulation/history.rs"]
mod history;
#[path = "../../../domain/tests/simulation/invariants.rs"]
mod invariants;
mod stored;
#[path = "../../../domain/tests/books/world.rs"]
mod world;

use std::env;

use history::run;
use stored::Stored;

/// How many seeds the short form runs.
const SEEDS: u64 = 6;
/// A history here costs as much as so many on the pure core.
const CORE_SEEDS_PER_SEED: u64 = 1_000;
const SEEDS_MAX: u64 = 1_000;

fn setting(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn what_is_stored_is_what_the_core_says_through_every_history() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut stored = Stored::new(&runtime);
    let asked = setting("TALLYPORT_SIMULATE_SEEDS").map(|seeds| (seeds / CORE_SEEDS_PER_SEED).clamp(SEEDS, SEEDS_MAX));
    let seeds = match setting("TALLYPORT_SIMULATE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..asked.unwrap_or(SEEDS),
    };
    for seed in seeds.clone() {
        stored.begin_anew();
        if let Err(broken) = run(seed, None, Some(&mut stored)) {
            panic!("seed {seed}: {broken}; replay it with `cargo xtask simulate --seed {seed}`");
        }
    }
    println!("{} histories through SQLite, none broken", seeds.end - seeds.start);
}
