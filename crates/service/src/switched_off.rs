//! Turning operations of the open API off and on while the platform runs. Every process obeys within a
//! second; each change stands in the audit log with the reason that callers are told.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;
use tallyport_domain::Language;
use tallyport_domain::switched_off::{Reason, SwitchedOff};
use tallyport_storage::switched_off;

use crate::Services;
use crate::admin::{AdminRefusal, Authority};
use crate::audit::Deed;
use crate::error::ServiceError;

/// What is turned off, by the operation's name.
pub type SwitchedOffOperations = HashMap<String, SwitchedOff>;

impl Services {
    /// What is turned off, at most a second old.
    pub async fn switched_off(&self) -> Result<Arc<SwitchedOffOperations>, ServiceError> {
        let read = async {
            let all = switched_off::list(&mut self.db().read().await?).await?;
            Ok(Arc::new(all.into_iter().map(|one| (one.operation.clone(), one)).collect()))
        };
        self.recently_switched_off().or_read(read).await
    }

    /// Turns an operation off, or gives another reason for one that is. Which names there are, the caller
    /// knows: the service serves none of them.
    pub async fn switch_off(&self, by: &Authority, operation: &str, reason: Reason) -> Result<(), AdminRefusal> {
        let detail = json!({ "en": reason.text_in(Language::En), "zh": reason.text_in(Language::Zh) });
        let off = SwitchedOff { operation: operation.to_owned(), reason, since_ms: self.clock().now_ms() };
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        switched_off::set(&mut tx, &off).await?;
        let deed = Deed { action: "operation.switched_off", object: operation.to_owned(), detail };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.recently_switched_off().forget();
        Ok(())
    }

    /// Turns an operation on again.
    pub async fn switch_on(&self, by: &Authority, operation: &str) -> Result<(), AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        if !switched_off::delete(&mut tx, operation).await? {
            return Err(AdminRefusal::Unknown);
        }
        let deed = Deed { action: "operation.switched_on", object: operation.to_owned(), detail: json!({}) };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.recently_switched_off().forget();
        Ok(())
    }
}
