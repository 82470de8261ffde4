//! How much the lane has written since it started, and when the database has to be told.

use std::sync::Arc;

use tallyport_storage::lane;

use super::Tools;

/// After how many commands the tables are another size than they were. Beyond that the database finds out by
/// itself in time.
const STEPS: [u64; 3] = [1_000, 10_000, 100_000];

/// The commands that a lane has taken.
#[derive(Default)]
pub(super) struct Growth(u64);

impl Growth {
    /// Counts a batch, and lets the database look at the tables when they are of another size by now.
    pub(super) fn count(&mut self, commands: usize, tools: &Arc<Tools>) {
        if self.steps_over(commands) {
            let tools = Arc::clone(tools);
            tokio::spawn(async move {
                if let Err(error) = lane::refresh_statistics(&tools.db).await {
                    tracing::warn!(%error, "the database did not look at its tables: {error}");
                }
            });
        }
    }

    fn steps_over(&mut self, commands: usize) -> bool {
        let before = self.0;
        self.0 = before.saturating_add(commands as u64);
        STEPS.iter().any(|step| before < *step && *step <= self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_noticed_once() {
        let mut growth = Growth::default();
        let noticed: Vec<u64> = (0..2_000).filter(|_| growth.steps_over(128)).collect();
        assert_eq!(noticed, [7, 78, 781]);
        assert!(Growth(999).steps_over(1) && !Growth(1_000).steps_over(1));
    }
}
