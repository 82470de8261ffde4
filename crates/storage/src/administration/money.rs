//! The books of everybody at a glance.

use tallyport_domain::ledger::AccountPurpose;
use tallyport_domain::{Currency, Environment};

use crate::column::RowOf;
use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// What all accounts of one purpose hold of a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeTotal {
    /// The world.
    pub environment: Environment,
    /// The currency.
    pub currency: Currency,
    /// What the accounts are for.
    pub purpose: AccountPurpose,
    /// How many there are.
    pub accounts: i64,
    /// What they hold together, which may be more than one account can.
    pub balance_minor: i128,
}

/// Sums are made of two parts, because all balances together may not fit where one does.
const PART: i64 = 1_000_000;

#[derive(sqlx::FromRow)]
struct TotalRow {
    environment: String,
    currency: String,
    purpose: String,
    accounts: i64,
    high: i64,
    low: i64,
}

/// What the accounts hold, by environment, currency and purpose.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn purpose_totals(on: impl Into<Conn<'_>>) -> Result<Vec<PurposeTotal>, StorageError> {
    const TOTALS: &str = "SELECT environment, currency, purpose, count(*) AS accounts, \
        CAST(sum(balance_minor / $1) AS BIGINT) AS high, CAST(sum(balance_minor % $1) AS BIGINT) AS low \
        FROM accounts GROUP BY environment, currency, purpose ORDER BY environment, currency, purpose";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, TotalRow>(TOTALS).bind(PART).fetch_all(conn).await)?;
    let read = |row: TotalRow| {
        let of = RowOf { table: "accounts", id: &row.currency };
        Ok(PurposeTotal {
            environment: of.parse("environment", &row.environment)?,
            currency: of.parse("currency", &row.currency)?,
            purpose: of.parse("purpose", &row.purpose)?,
            accounts: row.accounts,
            balance_minor: i128::from(row.high) * i128::from(PART) + i128::from(row.low),
        })
    };
    rows.into_iter().map(read).collect()
}

/// How many objects wait for a worker whose time has come.
///
/// # Errors
/// When the database refuses.
pub async fn overdue_work(on: impl Into<Conn<'_>>, now_ms: i64) -> Result<i64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM due_work WHERE due_at_ms <= $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_scalar(COUNT).bind(now_ms).fetch_one(conn).await)?)
}
