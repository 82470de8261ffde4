//! Whether the books add up: sums over the whole ledger, for those who check it. Reads only, from
//! one unchanging state.

use crate::on::on;
use crate::{StorageError, Tx};

/// What the ledger adds up to. In good books every `…_off` is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookSums {
    /// Payments that were taken.
    pub payments_captured: i64,
    /// Entries of all accounts.
    pub entries: i64,
    /// Currencies and environments whose entries do not sum to zero.
    pub currencies_off: i64,
    /// Postings that by themselves do not sum to zero.
    pub postings_off: i64,
    /// Accounts whose balance or count is not that of their entries.
    pub accounts_off: i64,
    /// Payments whose captured amount is not what was credited for them.
    pub payments_off: i64,
}

impl BookSums {
    /// Whether everything adds up.
    #[must_use]
    pub fn add_up(&self) -> bool {
        self.currencies_off + self.postings_off + self.accounts_off + self.payments_off == 0
    }
}

const PAYMENTS_CAPTURED: &str = "SELECT count(*) FROM payments WHERE captured_minor > 0";

const ENTRIES: &str = "SELECT count(*) FROM ledger_entries";

const CURRENCIES_OFF: &str = "SELECT count(*) FROM (SELECT 1 FROM ledger_entries \
     JOIN accounts ON accounts.id = ledger_entries.account_id \
     GROUP BY accounts.environment, accounts.currency HAVING sum(ledger_entries.amount_minor) <> 0) AS off";

const POSTINGS_OFF: &str = "SELECT count(*) FROM (SELECT 1 FROM ledger_entries \
     GROUP BY posting_id HAVING sum(amount_minor) <> 0) AS off";

const ACCOUNTS_OFF: &str = "SELECT count(*) FROM accounts LEFT JOIN \
     (SELECT account_id, sum(amount_minor) AS total_minor, count(*) AS entries, max(sequence) AS last \
     FROM ledger_entries GROUP BY account_id) AS summed ON summed.account_id = accounts.id \
     WHERE accounts.balance_minor <> coalesce(summed.total_minor, 0) \
     OR accounts.entry_count <> coalesce(summed.entries, 0) OR accounts.entry_count <> coalesce(summed.last, 0)";

const PAYMENTS_OFF: &str = "SELECT count(*) FROM payments LEFT JOIN \
     (SELECT object_id, sum(amount_minor) AS credited_minor FROM ledger_entries \
     WHERE rule = 'captured' AND amount_minor > 0 GROUP BY object_id) AS booked ON booked.object_id = payments.id \
     WHERE payments.captured_minor <> coalesce(booked.credited_minor, 0)";

/// Adds up the whole ledger. `tx` decides what is seen: use one that only reads.
pub async fn book_sums(tx: &mut Tx) -> Result<BookSums, StorageError> {
    Ok(BookSums {
        payments_captured: number(tx, PAYMENTS_CAPTURED).await?,
        entries: number(tx, ENTRIES).await?,
        currencies_off: number(tx, CURRENCIES_OFF).await?,
        postings_off: number(tx, POSTINGS_OFF).await?,
        accounts_off: number(tx, ACCOUNTS_OFF).await?,
        payments_off: number(tx, PAYMENTS_OFF).await?,
    })
}

async fn number(tx: &mut Tx, sql: &'static str) -> Result<i64, StorageError> {
    Ok(on!(tx, |conn| sqlx::query_scalar(sql).fetch_one(conn).await)?)
}
