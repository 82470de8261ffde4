//! How much of what is under way is one application's: one whose channel is slow must not take all places.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tallyport_domain::ids::AppId;

/// How many objects of one application wait for a channel at once, a quarter of all.
pub(super) const SHARE_MAX: usize = 256;

/// How many objects of each application wait for a channel.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares(Arc<Mutex<HashMap<AppId, usize>>>);

/// A place among those of an application; free again when it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    all: Shares,
    application_id: AppId,
}

impl Shares {
    /// A place, unless the application has all of its own.
    pub(super) fn take(&self, application_id: AppId) -> Option<Share> {
        let mut counts = self.0.lock().expect("no holder of the lock panics");
        let count = counts.entry(application_id).or_default();
        if *count == SHARE_MAX {
            return None;
        }
        *count += 1;
        Some(Share { all: self.clone(), application_id })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut counts = self.all.0.lock().expect("no holder of the lock panics");
        if let Some(count) = counts.get_mut(&self.application_id) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.application_id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_more_than_a_share_or_leaves_anything_behind() {
        let shares = Shares::default();
        let [slow, other] = [1, 2].map(|number| AppId::from_parts(1, [number; 10]));
        let mut taken: Vec<Share> = (0..SHARE_MAX).map(|_| shares.take(slow).unwrap()).collect();
        assert!(shares.take(slow).is_none());
        assert!(shares.take(other).is_some());
        taken.pop();
        taken.push(shares.take(slow).unwrap());
        assert!(shares.take(slow).is_none());
        drop(taken);
        assert!(shares.0.lock().unwrap().is_empty());
    }
}
