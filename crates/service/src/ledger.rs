//! Looking into the book.

use tallyport_domain::ids::PaymentId;
use tallyport_storage::ledger::{self, EntryRecord};

use crate::Services;
use crate::caller::Member;
use crate::error::ServiceError;

impl Services {
    /// What a payment of one of the member's applications did to the accounts, posting by posting.
    /// Somebody else's payment has no entries that they may see.
    pub async fn member_payment_entries(
        &self,
        member: &Member,
        id: PaymentId,
    ) -> Result<Option<Vec<EntryRecord>>, ServiceError> {
        if self.find_member_payment(member, id).await?.is_none() {
            return Ok(None);
        }
        let mut reader = self.db().read().await?;
        Ok(Some(ledger::entries_of_object(&mut reader, &id.to_string()).await?))
    }
}
