//! Going over the whole ledger: what must hold between rows and no single constraint can say. Reads
//! everything, so it is for a check on demand and never for a request.

use crate::on::on;
use crate::{Conn, StorageError};

/// A rule, and a query that counts where it is broken.
const RULES: [(&str, &str); 9] = [
    (
        "the entries of a posting sum to zero in each currency",
        "SELECT count(*) FROM (SELECT entry.posting_id FROM ledger_entries AS entry \
         JOIN accounts ON accounts.id = entry.account_id \
         GROUP BY entry.posting_id, accounts.currency, accounts.environment \
         HAVING sum(entry.amount_minor) <> 0) AS broken",
    ),
    (
        "a balance is the sum of its account's entries",
        "SELECT count(*) FROM accounts WHERE balance_minor <> \
         (SELECT coalesce(sum(amount_minor), 0) FROM ledger_entries WHERE account_id = accounts.id)",
    ),
    (
        "entries are numbered from one without gaps",
        "SELECT count(*) FROM accounts WHERE entry_count <> \
         (SELECT count(*) FROM ledger_entries WHERE account_id = accounts.id) OR entry_count <> \
         (SELECT coalesce(max(sequence), 0) FROM ledger_entries WHERE account_id = accounts.id)",
    ),
    (
        "an entry carries the balance after it",
        "SELECT count(*) FROM ledger_entries AS entry LEFT JOIN ledger_entries AS before \
         ON before.account_id = entry.account_id AND before.sequence = entry.sequence - 1 \
         WHERE entry.balance_after_minor <> coalesce(before.balance_after_minor, 0) + entry.amount_minor",
    ),
    (
        "a captured payment is credited once, any other not at all",
        "SELECT count(*) FROM payments WHERE (CASE WHEN status = 'captured' THEN 1 ELSE 0 END) <> \
         (SELECT count(*) FROM ledger_entries AS entry JOIN accounts ON accounts.id = entry.account_id \
         WHERE entry.object_id = payments.id AND accounts.owner = payments.application_id \
         AND accounts.currency = payments.currency AND entry.amount_minor = payments.captured_minor)",
    ),
    (
        "every entry belongs to a captured payment",
        "SELECT count(*) FROM ledger_entries LEFT JOIN payments \
         ON payments.id = ledger_entries.object_id AND payments.status = 'captured' WHERE payments.id IS NULL",
    ),
    (
        "events of a payment are numbered from one without gaps",
        "SELECT count(*) FROM payments WHERE event_count <> \
         (SELECT count(*) FROM events WHERE object_id = payments.id) OR event_count <> \
         (SELECT coalesce(max(sequence), 0) FROM events WHERE object_id = payments.id)",
    ),
    (
        "a payment waits for its channel exactly as long as it is processing",
        "SELECT count(*) FROM payments WHERE (CASE WHEN status = 'processing' THEN 1 ELSE 0 END) <> \
         (SELECT count(*) FROM channel_calls WHERE payment_id = payments.id)",
    ),
    (
        "a payment has its answer stored exactly when it has come to its end",
        "SELECT count(*) FROM payments WHERE (CASE WHEN status = 'processing' THEN 0 ELSE 1 END) <> \
         (SELECT count(*) FROM idempotency WHERE object_id = payments.id AND answer IS NOT NULL)",
    ),
];

/// The rules that are broken, each with the number of places.
///
/// # Errors
/// When the database refuses.
pub async fn broken_rules(on: impl Into<Conn<'_>>) -> Result<Vec<(&'static str, i64)>, StorageError> {
    let mut conn = on.into();
    let mut broken = Vec::new();
    for (rule, query) in RULES {
        let places: i64 = on!(conn, |conn| sqlx::query_scalar(query).fetch_one(conn).await)?;
        if places > 0 {
            broken.push((rule, places));
        }
    }
    Ok(broken)
}
