//! When the log that SQLite writes ahead is copied into its file: beside the lane, a little at a time, so that no batch
//! waits for a long copy of everything.

use std::sync::Arc;

use tokio::task::JoinHandle;

use super::Tools;

/// After how many commands what they wrote is copied: a few hundred pages, in a few milliseconds.
const EVERY: usize = 64;

/// The commands since the last copy began, and that copy while it is under way.
#[derive(Default)]
pub(super) struct Copying {
    commands: usize,
    under_way: Option<JoinHandle<()>>,
}

impl Copying {
    /// Counts a batch, and lets the log be copied when there is enough in it and nobody copies it.
    pub(super) fn count(&mut self, commands: usize, tools: &Arc<Tools>) {
        self.commands += commands;
        if self.commands < EVERY || self.under_way.as_ref().is_some_and(|copy| !copy.is_finished()) {
            return;
        }
        self.commands = 0;
        let tools = Arc::clone(tools);
        self.under_way = Some(tokio::spawn(async move {
            if let Err(error) = tools.db.copy_log().await {
                tracing::warn!(%error, "the log was not copied: {error}");
            }
        }));
    }
}
