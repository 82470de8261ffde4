//! Accounts and their lines, as a check reads them: numbers and texts as they stand, understood or not.

use std::collections::BTreeMap;

use crate::on::on;
use crate::{Db, StorageError};

/// Accounts that are read at a time.
const ACCOUNTS: i64 = 1_000;
/// Lines that are read at a time.
const LINES: i64 = 2_000;

/// What the balances of a currency add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencySum {
    /// Sandbox or live.
    pub environment: String,
    /// The currency.
    pub currency: String,
    /// Their sum: zero, in good books.
    pub sum_minor: i128,
    /// How many lines these accounts have.
    pub lines: i128,
}

/// What the balances of each currency add up to, at one moment.
///
/// # Errors
/// When the database refuses.
pub async fn currency_sums(db: &Db) -> Result<Vec<CurrencySum>, StorageError> {
    const PAGE: &str = "SELECT id, environment, currency, balance_minor, entry_count FROM accounts \
        WHERE id > $1 ORDER BY id LIMIT $2";
    let mut snapshot = db.begin_read().await?;
    let mut sums: BTreeMap<(String, String), (i128, i128)> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let rows: Vec<(String, String, String, i64, i64)> =
            on!(snapshot, |conn| sqlx::query_as(PAGE).bind(&after).bind(ACCOUNTS).fetch_all(conn).await)?;
        let Some(last) = rows.last() else { break };
        after = last.0.clone();
        for (_, environment, currency, balance_minor, lines) in rows {
            let sum = sums.entry((environment, currency)).or_default();
            sum.0 += i128::from(balance_minor);
            sum.1 += i128::from(lines);
        }
    }
    snapshot.rollback().await?;
    let read = |((environment, currency), (sum_minor, lines))| CurrencySum { environment, currency, sum_minor, lines };
    Ok(sums.into_iter().map(read).collect())
}

/// An account as it stood when it was read.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CheckedAccount {
    /// The account.
    pub id: String,
    /// What it is for.
    pub purpose: String,
    /// Its balance.
    pub balance_minor: i64,
    /// How many lines it says it has.
    pub entry_count: i64,
}

/// The next accounts behind an id.
///
/// # Errors
/// When the database refuses.
pub async fn accounts(db: &Db, after: &str) -> Result<Vec<CheckedAccount>, StorageError> {
    const PAGE: &str =
        "SELECT id, purpose, balance_minor, entry_count FROM accounts WHERE id > $1 ORDER BY id LIMIT $2";
    let mut reader = db.read().await?;
    Ok(on!(reader, |conn| sqlx::query_as(PAGE).bind(after).bind(ACCOUNTS).fetch_all(conn).await)?)
}

/// One account as it stands now.
///
/// # Errors
/// When the database refuses.
pub async fn find_account(db: &Db, id: &str) -> Result<Option<CheckedAccount>, StorageError> {
    const FIND: &str = "SELECT id, purpose, balance_minor, entry_count FROM accounts WHERE id = $1";
    let mut reader = db.read().await?;
    Ok(on!(reader, |conn| sqlx::query_as(FIND).bind(id).fetch_optional(conn).await)?)
}

/// A line of an account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CheckedLine {
    /// Its number.
    pub sequence: i64,
    /// Its posting.
    pub posting_id: String,
    /// Credit above zero, debit below.
    pub amount_minor: i64,
    /// The balance that it says is there after it.
    pub balance_after_minor: i64,
    /// The payments and movements that it may be about: one, in good books.
    pub objects: i64,
}

/// The next lines of an account behind a number. Lines never change, so later ones do not matter.
///
/// # Errors
/// When the database refuses.
pub async fn lines(db: &Db, account_id: &str, after: i64) -> Result<Vec<CheckedLine>, StorageError> {
    const PAGE: &str = "SELECT sequence, posting_id, amount_minor, balance_after_minor, \
        CASE WHEN rule IN ('captured', 'fee_charged', 'paid_to_payee', 'paid_by_holder') \
        THEN (SELECT count(*) FROM payments WHERE payments.id = entry.object_id AND payments.captured_minor > 0) \
        ELSE (SELECT count(*) FROM movements WHERE movements.id = entry.object_id) END AS objects \
        FROM ledger_entries AS entry WHERE account_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    let mut reader = db.read().await?;
    Ok(on!(reader, |conn| { sqlx::query_as(PAGE).bind(account_id).bind(after).bind(LINES).fetch_all(conn).await })?)
}
