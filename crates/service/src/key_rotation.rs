//! Changing the operator's key-encryption key while processes serve.
//!
//! Every process keeps its data keys unwrapped, so what is wrapped anew in the database changes
//! nothing for those that run. Those that start need the key that wraps the data keys: hence they are
//! given the new key and the previous one until everything is wrapped anew.

use serde_json::json;
use tallyport_storage::{data_keys, migrate};

use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;

/// What wrapping anew came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrapped {
    /// How many data keys were wrapped anew.
    pub rewrapped: usize,
    /// How many there are.
    pub total: usize,
    /// Names the key that all of them are wrapped under now.
    pub key_encryption_key_id: String,
}

impl Services {
    /// Wraps every data key under the key-encryption key that these services were started with. All or
    /// none: a data key that cannot be opened changes nothing.
    pub async fn rewrap_data_keys(&self, actor: &Actor) -> Result<Rewrapped, ServiceError> {
        let new_id = self.vault().key_encryption_key_id().to_owned();
        let mut tx = self.db().begin_write().await?;
        // No process makes a data key under the old key meanwhile.
        migrate::take_lock(&mut tx).await?;
        let records = data_keys::list(&mut tx).await?;
        let mut rewrapped = 0;
        for record in &records {
            let old_id = &record.key_encryption_key_id;
            let wrapped = self.vault().rewrap_data_key(record.id, old_id, &record.wrapped, self.randomness())?;
            let Some(wrapped) = wrapped else { continue };
            if !data_keys::rewrap(&mut tx, record.id, (old_id, &new_id), &wrapped).await? {
                return Err(ServiceError::broken("a data key changed while it was wrapped anew"));
            }
            rewrapped += 1;
        }
        if rewrapped > 0 {
            let detail = json!({ "rewrapped": rewrapped, "total": records.len() });
            let deed = Deed { action: "keys.rewrapped", object: new_id.clone(), detail };
            self.record(&mut tx, actor, deed).await?;
        }
        tx.commit().await?;
        Ok(Rewrapped { rewrapped, total: records.len(), key_encryption_key_id: new_id })
    }
}
