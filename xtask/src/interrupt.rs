//! What Ctrl-C and SIGTERM mean: the current step ends, guards clean up, xtask exits.
//!
//! The signal only sets a flag. Whoever waits for a child looks at it, so that destructors run
//! (the PostgreSQL cluster of the tests is stopped by one).

use anyhow::{Context, Result};
use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

pub(crate) fn install() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)).context("cannot listen for Ctrl-C")
}

pub(crate) fn happened() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
