//! The tables `ledger_entries` and `accounts`, as people look at them. Only the write lane writes
//! them.

use tallyport_domain::ids::{AccountId, AppId, ObjectId, PostingId};
use tallyport_domain::ledger::{AccountPurpose, Owner, Rule};
use tallyport_domain::{Currency, Environment, Money};

use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// How many entries of one object are read: of some eighty captures at least.
pub const ENTRIES_OF_OBJECT_MAX: usize = 500;

/// One line of the book, with the account that it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRecord {
    /// The entries with the same posting sum to zero.
    pub posting_id: PostingId,
    /// The business fact behind it.
    pub rule: Rule,
    /// The account.
    pub account_id: AccountId,
    /// Whose account it is.
    pub owner: Owner,
    /// What the account is for.
    pub purpose: AccountPurpose,
    /// Credit above zero, debit below.
    pub amount: Money,
    /// The account's balance after it.
    pub balance_after: Money,
    /// When it was booked.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: String,
    posting_id: String,
    rule: String,
    amount_minor: i64,
    balance_after_minor: i64,
    created_at_ms: i64,
    owner: String,
    purpose: String,
    currency: String,
}

impl TryFrom<Row> for EntryRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let entry = RowOf { table: "ledger_entries", id: &row.posting_id };
        let account = RowOf { table: "accounts", id: &row.account_id };
        let currency: Currency = account.parse("currency", &row.currency)?;
        Ok(Self {
            posting_id: entry.parse("posting_id", &row.posting_id)?,
            rule: entry.parse("rule", &row.rule)?,
            account_id: entry.parse("account_id", &row.account_id)?,
            owner: account.parse("owner", &row.owner)?,
            purpose: account.parse("purpose", &row.purpose)?,
            amount: Money::from_minor(row.amount_minor, currency),
            balance_after: Money::from_minor(row.balance_after_minor, currency),
            created_at_ms: row.created_at_ms,
        })
    }
}

/// The first entries about an object, such as a payment: posting by posting in the order in which they
/// were booked, debits first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn entries_of_object(on: impl Into<Conn<'_>>, object_id: &str) -> Result<Vec<EntryRecord>, StorageError> {
    const LIST: &str = "SELECT e.account_id, e.posting_id, e.rule, e.amount_minor, e.balance_after_minor, \
        e.created_at_ms, a.owner, a.purpose, a.currency \
        FROM ledger_entries AS e JOIN accounts AS a ON a.id = e.account_id \
        WHERE e.object_id = $1 ORDER BY e.posting_id, e.amount_minor, e.account_id LIMIT $2";
    let mut conn = on.into();
    let limit = i64::try_from(ENTRIES_OF_OBJECT_MAX).unwrap_or(i64::MAX);
    let rows = on!(conn, |conn| sqlx::query_as::<_, Row>(LIST).bind(object_id).bind(limit).fetch_all(conn).await)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// An application's account as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// The account.
    pub id: AccountId,
    /// What it is for.
    pub purpose: AccountPurpose,
    /// What is on it.
    pub balance: Money,
    /// When it was opened.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    purpose: String,
    currency: String,
    balance_minor: i64,
    created_at_ms: i64,
}

/// The accounts that an application has, by currency and purpose.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn accounts_of_application(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
) -> Result<Vec<AccountRecord>, StorageError> {
    const LIST: &str = "SELECT id, purpose, currency, balance_minor, created_at_ms FROM accounts \
        WHERE owner = $1 AND environment = $2 ORDER BY currency, purpose";
    let mut conn = on.into();
    let rows = on!(conn, |conn| {
        sqlx::query_as::<_, AccountRow>(LIST)
            .bind(application_id.to_string())
            .bind(environment.as_str())
            .fetch_all(conn)
            .await
    })?;
    let read = |row: AccountRow| {
        let of = RowOf { table: "accounts", id: &row.id };
        let currency = of.parse("currency", &row.currency)?;
        Ok(AccountRecord {
            id: of.parse("id", &row.id)?,
            purpose: of.parse("purpose", &row.purpose)?,
            balance: Money::from_minor(row.balance_minor, currency),
            created_at_ms: row.created_at_ms,
        })
    };
    rows.into_iter().map(read).collect()
}

/// A line of an account with its number and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Its number within the account.
    pub sequence: i64,
    /// The posting that it is part of.
    pub posting_id: PostingId,
    /// The business fact behind it.
    pub rule: Rule,
    /// The payment or movement that it is about.
    pub object_id: ObjectId,
    /// Credit above zero, debit below.
    pub amount: Money,
    /// The account's balance after it.
    pub balance_after: Money,
    /// When it was booked.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    sequence: i64,
    posting_id: String,
    rule: String,
    object_id: String,
    amount_minor: i64,
    balance_after_minor: i64,
    created_at_ms: i64,
}

/// The lines of one account, newest first, with numbers below `before`.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn lines_of_account(
    on: impl Into<Conn<'_>>,
    account: &AccountRecord,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<StatementLine>, StorageError> {
    const LIST: &str = "SELECT sequence, posting_id, rule, object_id, amount_minor, balance_after_minor, created_at_ms \
        FROM ledger_entries WHERE account_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3";
    let mut conn = on.into();
    let rows = on!(conn, |conn| {
        sqlx::query_as::<_, LineRow>(LIST)
            .bind(account.id.to_string())
            .bind(before.unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(conn)
            .await
    })?;
    let currency = account.balance.currency();
    let read = |row: LineRow| {
        let entry = RowOf { table: "ledger_entries", id: &row.posting_id };
        Ok(StatementLine {
            sequence: row.sequence,
            posting_id: entry.parse("posting_id", &row.posting_id)?,
            rule: entry.parse("rule", &row.rule)?,
            object_id: entry.parse("object_id", &row.object_id)?,
            amount: Money::from_minor(row.amount_minor, currency),
            balance_after: Money::from_minor(row.balance_after_minor, currency),
            created_at_ms: row.created_at_ms,
        })
    };
    rows.into_iter().map(read).collect()
}
