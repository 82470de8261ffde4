//! Seeded histories on the pure core: batches of commands, channels that answer late, twice, wrongly or
//! never, crashes between any two steps, clocks that jump. After every step the books have to be whole,
//! and what was acknowledged has to be there.
//!
//! `cargo xtask simulate --seeds N` runs many; `--seed S` replays one. A short form runs with the tests.

#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]
#![allow(dead_code, reason = "the world serves other tests as well")]

mod bugs;
mod history;
mod invariants;
#[path = "../books/world.rs"]
mod world;

use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, thread};

use bugs::Bug;
use history::run;

/// How many seeds the short form runs.
const SEEDS: u64 = 300;
/// How many seeds a planted bug may survive.
const SEEDS_PER_BUG: u64 = 300;

fn setting(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn the_books_stay_whole_through_every_history() {
    if let Some(seed) = setting("TALLYPORT_SIMULATE_SEED") {
        return run(seed, None, None).unwrap_or_else(|broken| panic!("seed {seed}: {broken}"));
    }
    let seeds = setting("TALLYPORT_SIMULATE_SEEDS").unwrap_or(SEEDS);
    if let Some((seed, broken)) = first_broken(seeds) {
        panic!("seed {seed}: {broken}; replay it with `cargo xtask simulate --seed {seed}`");
    }
    println!("{seeds} histories, none broken");
}

/// Runs the seeds on all cores; the broken one with the smallest number, when there is any.
fn first_broken(seeds: u64) -> Option<(u64, String)> {
    let next = AtomicU64::new(0);
    let work = || loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= seeds {
            return None;
        }
        if let Err(broken) = run(seed, None, None) {
            // Nobody needs to go further; smaller seeds are under way already.
            next.fetch_max(seeds, Ordering::Relaxed);
            return Some((seed, broken));
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().unwrap()).min()
    })
}

#[test]
fn every_planted_bug_is_found() {
    for bug in Bug::ALL {
        let found = (0..SEEDS_PER_BUG).find_map(|seed| run(seed, Some(bug), None).err().map(|broken| (seed, broken)));
        let (seed, broken) = found.unwrap_or_else(|| panic!("{bug:?} was not found in {SEEDS_PER_BUG} seeds"));
        println!("{bug:?} found by seed {seed}: {broken}");
    }
}
