//! Loading the accounts of a batch, and locking them.

use std::collections::HashSet;

use tallyport_domain::books::{Books, Command};
use tallyport_domain::ids::AccountId;
use tallyport_domain::ledger::{Account, AccountKey};

use crate::column::RowOf;
use crate::rows::{lock_by_keys, select_by_keys};
use crate::{StorageError, Tx};

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    owner: String,
    environment: String,
    purpose: String,
    currency: String,
    balance_minor: i64,
    entry_count: i64,
    created_at_ms: i64,
}

impl AccountRow {
    fn into_account(self) -> Result<Account, StorageError> {
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
        let account = row.into_account()?;
        books.account_keys.insert(account.id, account.key);
    }
    Ok(())
}

/// The accounts that money may move between.
pub(super) async fn lock(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut touched = Vec::with_capacity(commands.len() * 2);
    for command in commands {
        books.accounts_of(command, &mut touched);
    }
    let keys: HashSet<AccountKey> = touched.into_iter().collect();
    let mut keys: Vec<AccountKey> = keys.into_iter().collect();
    // The order in which they are locked, across statements as well.
    keys.sort_by_cached_key(|key| {
        (key.owner.to_string(), key.environment.as_str(), key.purpose.as_str(), key.currency.code())
    });
    let accounts = lock_by_keys!(
        tx,
        keys,
        AccountRow,
        "WITH wanted (owner, environment, purpose, currency) AS (VALUES {}) \
         SELECT accounts.id, accounts.owner, accounts.environment, accounts.purpose, accounts.currency, \
         accounts.balance_minor, accounts.entry_count, accounts.created_at_ms FROM wanted CROSS JOIN accounts \
         WHERE accounts.owner = wanted.owner AND accounts.environment = wanted.environment \
         AND accounts.purpose = wanted.purpose AND accounts.currency = wanted.currency \
         ORDER BY accounts.owner, accounts.environment, accounts.purpose, accounts.currency",
        |key| [key.owner.to_string(), key.environment.as_str(), key.purpose.as_str(), key.currency.code()]
    )
    .await?;
    for row in accounts {
        let account = row.into_account()?;
        books.accounts.insert(account.key, account);
    }
    Ok(())
}
