//! Going over the whole book, on a system that works meanwhile.

pub use tallyport_storage::lane::BrokenRule;
use tallyport_storage::lane::broken_rules;

use crate::Services;
use crate::error::ServiceError;

impl Services {
    /// The rules of the books that do not hold, and where. Sees one unchanging state, so that work
    /// that goes on meanwhile is no fault.
    pub async fn verify_books(&self) -> Result<Vec<BrokenRule>, ServiceError> {
        let mut tx = self.db().begin_read().await?;
        Ok(broken_rules(&mut tx).await?)
    }
}
