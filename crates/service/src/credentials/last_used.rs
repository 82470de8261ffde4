//! When keys were last used: noted in memory on calls, written down by a worker every few seconds, so
//! that no call waits for it. A process that dies loses what it noted last, which nobody misses.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

use tallyport_domain::ids::{ApiKey, PublicKeyId};
use tallyport_storage::{credentials, public_keys};

use crate::Services;
use crate::error::ServiceError;

/// How many keys of a kind are noted between two writings; what comes beyond is noted next time.
const NOTED_MAX: usize = 50_000;

/// Uses that are not written down yet.
#[derive(Default)]
pub(crate) struct LastUses {
    credentials: Noted<ApiKey>,
    public_keys: Noted<PublicKeyId>,
}

impl LastUses {
    pub(super) fn note_credential(&self, api_key: ApiKey, now_ms: i64) {
        self.credentials.note(api_key, now_ms);
    }

    pub(crate) fn note_public_key(&self, id: PublicKeyId, now_ms: i64) {
        self.public_keys.note(id, now_ms);
    }
}

struct Noted<K>(Mutex<HashMap<K, i64>>);

impl<K> Default for Noted<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash + Ord> Noted<K> {
    fn note(&self, key: K, now_ms: i64) {
        let mut noted = self.0.lock().expect("no holder of the lock panics");
        if noted.len() < NOTED_MAX || noted.contains_key(&key) {
            noted.insert(key, now_ms);
        }
    }

    /// Takes everything, in the order of the keys: then no two processes wait for each other in a
    /// circle when they write.
    fn take(&self) -> Vec<(K, i64)> {
        let noted = std::mem::take(&mut *self.0.lock().expect("no holder of the lock panics"));
        let mut uses: Vec<(K, i64)> = noted.into_iter().collect();
        uses.sort_unstable();
        uses
    }
}

impl Services {
    /// Writes down when keys were last used.
    pub async fn write_last_uses(&self) -> Result<(), ServiceError> {
        let credentials_used = self.last_uses().credentials.take();
        let public_keys_used = self.last_uses().public_keys.take();
        if credentials_used.is_empty() && public_keys_used.is_empty() {
            return Ok(());
        }
        let mut tx = self.db().begin_write().await?;
        credentials::note_uses(&mut tx, &credentials_used).await?;
        public_keys::note_uses(&mut tx, &public_keys_used).await?;
        Ok(tx.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::Noted;

    #[test]
    fn the_last_use_counts_and_is_taken_once() {
        let noted = Noted::<u8>::default();
        for (key, at_ms) in [(2, 1), (1, 2), (2, 3)] {
            noted.note(key, at_ms);
        }
        assert_eq!(noted.take(), [(1, 2), (2, 3)]);
        assert_eq!(noted.take(), []);
    }
}
