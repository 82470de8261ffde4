//! What a process goes by for a moment after it was read, so that what everybody needs all the time is
//! not asked of the database each time. A change made elsewhere is seen when the moment is over.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

use crate::error::ServiceError;

const REMEMBERED_FOR: Duration = Duration::from_millis(500);

/// One value as it was read a moment ago.
pub(crate) struct Recent<T: ?Sized>(Cache<(), Arc<T>>);

impl<T: ?Sized + Send + Sync + 'static> Default for Recent<T> {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(1).time_to_live(REMEMBERED_FOR).build())
    }
}

impl<T: ?Sized + Send + Sync + 'static> Recent<T> {
    /// The value, read anew when the moment is over.
    pub(crate) async fn or_read(
        &self,
        read: impl Future<Output = Result<Arc<T>, ServiceError>>,
    ) -> Result<Arc<T>, ServiceError> {
        if let Some(known) = self.0.get(&()) {
            return Ok(known);
        }
        let fresh = read.await?;
        self.0.insert((), Arc::clone(&fresh));
        Ok(fresh)
    }

    /// Has the next one read it anew, because it was changed here.
    pub(crate) fn forget(&self) {
        self.0.invalidate_all();
    }
}
