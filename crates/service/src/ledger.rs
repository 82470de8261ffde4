//! Looking into the book.

use tallyport_domain::Currency;
use tallyport_domain::ledger::AccountPurpose;
use tallyport_domain::scope::Scope;
use tallyport_storage::ledger;
pub use tallyport_storage::ledger::{AccountRecord, StatementLine};

use crate::Services;
use crate::caller::Caller;
use crate::error::ServiceError;
use crate::payments::PaymentRefusal;

impl Services {
    /// What the caller has, by currency and purpose.
    pub async fn list_accounts(&self, caller: &Caller) -> Result<Vec<AccountRecord>, PaymentRefusal> {
        caller.require(Scope::AccountsRead)?;
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let found = ledger::accounts_of_application(&mut reader, caller.application_id, caller.environment).await;
        Ok(found.map_err(ServiceError::from)?)
    }

    /// The lines of the caller's account in a currency, newest first; none when there is no such
    /// account yet.
    pub async fn list_account_lines(
        &self,
        caller: &Caller,
        currency: Currency,
        purpose: AccountPurpose,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Option<(AccountRecord, Vec<StatementLine>)>, PaymentRefusal> {
        let accounts = self.list_accounts(caller).await?;
        let is_wanted = |account: &AccountRecord| account.balance.currency() == currency && account.purpose == purpose;
        let Some(account) = accounts.into_iter().find(is_wanted) else { return Ok(None) };
        let mut reader = self.db().read().await.map_err(ServiceError::from)?;
        let lines = ledger::lines_of_account(&mut reader, &account, before, i64::from(limit)).await;
        Ok(Some((account, lines.map_err(ServiceError::from)?)))
    }
}
