//! What a batch of the write lane costs by its size, and which part of it: the loop of [`crate::raw`], without
//! anybody's HTTP.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::ground::Ground;
use crate::plan::Plan;
use crate::raw::{Raw, RawRun};
use crate::spread::{Spread, micros};

/// The sizes: one client alone, a few, a busy server, and as many as the lane takes at once.
const SIZES: [usize; 4] = [1, 8, 32, 128];

/// The figures of batches of one size.
#[derive(Serialize)]
pub(crate) struct Batches {
    pub(crate) payments: usize,
    pub(crate) payments_per_second: Spread,
    pub(crate) loading_us: Spread,
    pub(crate) rules_us: Spread,
    pub(crate) writing_us: Spread,
    pub(crate) committing_us: Spread,
}

/// Writes batches of each size, by turns.
pub(crate) async fn measure(ground: &Ground, plan: &Plan) -> Result<Vec<Batches>> {
    let mut raw = Raw::start(ground.beside("batches")?).await.context("raw storage loop")?;
    let mut runs: [Vec<RawRun>; SIZES.len()] = Default::default();
    for _ in 0..plan.runs {
        for (size, runs) in SIZES.iter().zip(&mut runs) {
            runs.push(raw.run(*size, plan.run_for / 3).await?);
        }
    }
    Ok(SIZES.iter().zip(&runs).map(|(size, runs)| Batches::of(*size, runs)).collect())
}

impl Batches {
    fn of(payments: usize, runs: &[RawRun]) -> Self {
        let part = |part: fn(&RawRun) -> Duration| {
            Spread::of(runs.iter().map(|run| micros(part(run) / run.batches.max(1))).collect())
        };
        Self {
            payments,
            payments_per_second: Spread::of(runs.iter().map(|run| run.lane_per_second).collect()),
            loading_us: part(|run| run.took.loading),
            rules_us: part(|run| run.took.rules),
            writing_us: part(|run| run.took.writing),
            committing_us: part(|run| run.took.committing),
        }
    }
}
