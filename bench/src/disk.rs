//! How fast the disk itself makes writes durable: the floor under every commit.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::spread::{micros, per_second};

/// Blocks of one page, as a database log has them.
const BLOCK_BYTES: usize = 4096;
/// The file has its full length before the probe begins, so that only data is synced, no length.
const BLOCKS: u64 = 1024;

/// How often per second one block can be written and synced.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Syncs {
    pub(crate) per_second: u64,
    pub(crate) p50_us: u64,
}

/// Writes one block after the other into a file in this folder, with fdatasync after each.
pub(crate) fn probe(folder: &Path, probe_for: Duration) -> Result<Syncs> {
    let path = folder.join(format!("fdatasync-probe-{}", std::process::id()));
    let probed = write_and_sync(&path, probe_for).with_context(|| path.display().to_string());
    let _ = std::fs::remove_file(&path);
    probed
}

fn write_and_sync(path: &Path, probe_for: Duration) -> Result<Syncs> {
    let file = File::create(path)?;
    let block = [0x5a; BLOCK_BYTES];
    for number in 0..BLOCKS {
        file.write_all_at(&block, number * BLOCK_BYTES as u64)?;
    }
    file.sync_all()?;

    let mut took_us = Vec::new();
    let started = Instant::now();
    while started.elapsed() < probe_for {
        let before = Instant::now();
        let number = took_us.len() as u64 % BLOCKS;
        file.write_all_at(&block, number * BLOCK_BYTES as u64)?;
        file.sync_data()?;
        took_us.push(micros(before.elapsed()));
    }
    let per_second = per_second(took_us.len(), started.elapsed());
    took_us.sort_unstable();
    Ok(Syncs { per_second, p50_us: took_us[took_us.len() / 2] })
}
