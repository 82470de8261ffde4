//! What the platform charges applications: set by administrators, in force for payments that are made from
//! then on.

use serde_json::{Value, json};
use tallyport_domain::fee::{Fee, FeeFault, FeeText};
use tallyport_domain::ids::AppId;
use tallyport_domain::{Currency, Money};
use tallyport_storage::{StorageError, applications, fees};

use crate::Services;
use crate::admin::{AdminRefusal, Administrator, Authority};
use crate::audit::Deed;
use crate::error::ServiceError;

/// Why a fee is not set.
#[derive(Debug, thiserror::Error)]
pub enum FeeRefusal {
    /// Whoever asks may not, or there is no such application.
    #[error(transparent)]
    Admin(#[from] AdminRefusal),
    /// What is wrong with it.
    #[error("some fields have to be corrected")]
    Faults(Vec<FeeFault>),
}

impl From<StorageError> for FeeRefusal {
    fn from(error: StorageError) -> Self {
        Self::Admin(error.into())
    }
}

impl From<ServiceError> for FeeRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Admin(error.into())
    }
}

impl Services {
    /// What an application is charged, by currency; nothing where there is no row.
    pub async fn list_fees(
        &self,
        _by: &Administrator,
        application: AppId,
    ) -> Result<Vec<(Currency, Fee)>, ServiceError> {
        Ok(fees::list(&mut self.db().read().await?, application).await?)
    }

    /// Charges an application so much for what it captures in a currency, in both environments.
    pub async fn set_fee(&self, by: &Authority, application: AppId, text: FeeText<'_>) -> Result<(), FeeRefusal> {
        let (currency, fee) = text.read().map_err(FeeRefusal::Faults)?;
        let now_ms = self.clock().now_ms();
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        // Whoever sets one at the same moment waits here, so that the log tells what was there before.
        if !applications::lock(&mut tx, application).await? {
            return Err(AdminRefusal::Unknown.into());
        }
        let all = fees::list(&mut tx, application).await?;
        let before = all.into_iter().find(|(of, _)| *of == currency).map(|(_, fee)| fee).unwrap_or_default();
        if before == fee {
            return Ok(());
        }
        if fee.is_free() {
            fees::remove(&mut tx, application, currency).await?;
        } else {
            fees::set(&mut tx, application, currency, fee, now_ms).await?;
        }
        let detail = json!({ "from": shown(before, currency), "to": shown(fee, currency) });
        let deed = Deed { action: "application.fee_set", object: application.to_string(), detail };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn shown(fee: Fee, currency: Currency) -> Value {
    json!({ "percent": fee.percent(), "fixed": Money::from_minor(fee.fixed_minor, currency).to_string() })
}
