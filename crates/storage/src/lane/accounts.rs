//! A row of the table `accounts`, and the accounts that are meant by their ids.

use std::collections::HashSet;

use tallyport_domain::books::{Books, Command};
use tallyport_domain::ids::AccountId;
use tallyport_domain::ledger::{Account, AccountKey};

use crate::column::RowOf;
use crate::rows::select_by_keys;
use crate::{StorageError, Tx};

#[derive(sqlx::FromRow)]
pub(super) struct AccountRow {
    pub(super) id: String,
    pub(super) owner: String,
    pub(super) environment: String,
    pub(super) purpose: String,
    pub(super) currency: String,
    pub(super) balance_minor: i64,
    pub(super) entry_count: i64,
    pub(super) created_at_ms: i64,
}

impl AccountRow {
    pub(super) fn read(self) -> Result<Account, StorageError> {
        let row = RowOf { table: "accounts", id: &self.id };
        Ok(Account {
            id: row.parse("id", &self.id)?,
            key: AccountKey {
                owner: row.parse("owner", &self.owner)?,
                environment: row.parse("environment", &self.environment)?,
                purpose: row.parse("purpose", &self.purpose)?,
                currency: row.parse("currency", &self.currency)?,
            },
            balance_minor: self.balance_minor,
            entry_count: self.entry_count,
            created_at_ms: self.created_at_ms,
        })
    }
}

/// Which accounts are meant by the ids that commands name.
pub(super) async fn load_named(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let ids: HashSet<AccountId> = commands.iter().filter_map(Command::named_account).collect();
    let ids: Vec<AccountId> = ids.into_iter().collect();
    let found = select_by_keys!(
        tx,
        ids,
        AccountRow,
        "SELECT id, owner, environment, purpose, currency, balance_minor, entry_count, created_at_ms \
         FROM accounts WHERE id IN ({})",
        |id| [id.to_string()]
    )
    .await?;
    for row in found {
        let account = row.read()?;
        books.account_keys.insert(account.id, account.key);
    }
    Ok(())
}
