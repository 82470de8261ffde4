//! What holders gave, for their own page: they see it and take it back.

use serde_json::json;
use tallyport_domain::ids::GrantId;
use tallyport_domain::oauth::PaymentDetail;
use tallyport_storage::authorization::grants::{self, Ending, GrantRecord};

use super::consent::read_details;
use crate::Services;
use crate::audit::{Actor, Deed};
use crate::error::ServiceError;
use crate::holders::Holder;

/// A grant as its holder sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantView {
    /// The grant.
    pub grant: GrantRecord,
    /// To whom it was given.
    pub application_name: String,
    /// The payments that it names.
    pub payments: Vec<PaymentDetail>,
}

impl Services {
    /// What a holder gave that is still good, the newest first.
    pub async fn list_grants(
        &self,
        holder: &Holder,
        after: Option<GrantId>,
        limit: u32,
    ) -> Result<Vec<GrantView>, ServiceError> {
        let now_ms = self.clock().now_ms();
        let mut reader = self.db().read().await?;
        let found = grants::list_alive_of_holder(&mut reader, holder.id, now_ms, after, limit).await?;
        let view = |named: grants::NamedGrant| GrantView {
            payments: read_details(&named.grant.details),
            application_name: named.application_name,
            grant: named.grant,
        };
        Ok(found.into_iter().map(view).collect())
    }

    /// Takes back what a holder gave. `false` when there is no such grant of theirs, or it had ended.
    pub async fn withdraw_grant(&self, holder: &Holder, id: GrantId) -> Result<bool, ServiceError> {
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        let grant = grants::find(&mut tx, id).await?.filter(|grant| grant.holder_id == holder.id);
        let Some(grant) = grant else { return Ok(false) };
        if !grants::end(&mut tx, id, Ending::Withdrawn, now_ms).await? {
            return Ok(false);
        }
        let detail = json!({ "application": grant.client.application_id.to_string() });
        let deed = Deed { action: "grant.withdrawn", object: id.to_string(), detail };
        self.record(&mut tx, &Actor::holder(holder.id, holder.network), deed).await?;
        tx.commit().await?;
        self.forget_revocations();
        Ok(true)
    }
}
