//! Going over the whole ledger: what must hold between rows and no single constraint can say. Reads
//! everything, so it is for a check on demand and never for a request.

use crate::on::on;
use crate::{Conn, StorageError};

/// How many places are named of each broken rule.
const PLACES_MAX: i64 = 10;

/// A rule that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRule {
    /// The rule in words.
    pub rule: &'static str,
    /// In how many places it is broken.
    pub count: i64,
    /// Some of these places: ids of payments, movements, accounts or postings.
    pub places: Vec<String>,
}

/// A rule, with a query that names where it is broken and one that counts the places.
struct Rule {
    text: &'static str,
    count: &'static str,
    places: &'static str,
}

macro_rules! rules {
    ($($text:literal: $query:literal,)+) => {
        &[$(Rule {
            text: $text,
            count: concat!("SELECT count(*) FROM (", $query, ") AS broken"),
            places: concat!("SELECT CAST(place AS TEXT) FROM (", $query, ") AS broken ORDER BY place LIMIT $1"),
        },)+]
    };
}

const RULES: &[Rule] = rules! {
    "the entries of a posting sum to zero in each currency":
        "SELECT entry.posting_id AS place FROM ledger_entries AS entry \
         JOIN accounts ON accounts.id = entry.account_id \
         GROUP BY entry.posting_id, accounts.currency, accounts.environment HAVING sum(entry.amount_minor) <> 0",
    "a balance is the sum of its account's entries":
        "SELECT accounts.id AS place FROM accounts LEFT JOIN \
         (SELECT account_id, sum(amount_minor) AS total_minor FROM ledger_entries GROUP BY account_id) AS summed \
         ON summed.account_id = accounts.id WHERE accounts.balance_minor <> coalesce(summed.total_minor, 0)",
    "entries are numbered from one without gaps":
        "SELECT accounts.id AS place FROM accounts LEFT JOIN \
         (SELECT account_id, count(*) AS entries, max(sequence) AS last FROM ledger_entries GROUP BY account_id) AS summed \
         ON summed.account_id = accounts.id \
         WHERE accounts.entry_count <> coalesce(summed.entries, 0) OR accounts.entry_count <> coalesce(summed.last, 0)",
    "an entry carries the balance after it":
        "SELECT entry.posting_id AS place FROM ledger_entries AS entry LEFT JOIN ledger_entries AS before \
         ON before.account_id = entry.account_id AND before.sequence = entry.sequence - 1 \
         WHERE entry.balance_after_minor <> coalesce(before.balance_after_minor, 0) + entry.amount_minor",
    "what a payment captured is what was credited for it":
        "SELECT payments.id AS place FROM payments LEFT JOIN \
         (SELECT object_id, sum(amount_minor) AS total_minor FROM ledger_entries \
         WHERE rule = 'captured' AND amount_minor > 0 GROUP BY object_id) AS credited \
         ON credited.object_id = payments.id WHERE payments.captured_minor <> coalesce(credited.total_minor, 0)",
    "what a payment gave back, and what is on its way, is what its refunds say":
        "SELECT payments.id AS place FROM payments LEFT JOIN (SELECT payment_id, \
         sum(CASE WHEN status = 'succeeded' THEN amount_minor ELSE 0 END) AS refunded_minor, \
         sum(CASE WHEN status IN ('processing', 'unknown') THEN amount_minor ELSE 0 END) AS refunding_minor \
         FROM movements WHERE payment_id IS NOT NULL GROUP BY payment_id) AS refunds \
         ON refunds.payment_id = payments.id WHERE payments.refunded_minor <> coalesce(refunds.refunded_minor, 0) \
         OR payments.refunding_minor <> coalesce(refunds.refunding_minor, 0)",
    "no payment gives back more than it captured":
        "SELECT id AS place FROM payments WHERE refunded_minor + refunding_minor > captured_minor",
    "a refund, withdrawal, top-up or transfer moved its amount exactly when it succeeded":
        "SELECT movements.id AS place FROM movements LEFT JOIN \
         (SELECT object_id, sum(amount_minor) AS total_minor FROM ledger_entries \
         WHERE rule IN ('refunded', 'paid_out', 'topped_up', 'transferred') AND amount_minor > 0 GROUP BY object_id) AS done \
         ON done.object_id = movements.id WHERE coalesce(done.total_minor, 0) <> \
         (CASE WHEN movements.status = 'succeeded' THEN movements.amount_minor ELSE 0 END)",
    "what was put aside for a refund or a withdrawal is there as long as that is under way":
        "SELECT movements.id AS place FROM movements LEFT JOIN \
         (SELECT entry.object_id, sum(entry.amount_minor) AS held_minor FROM ledger_entries AS entry \
         JOIN accounts ON accounts.id = entry.account_id AND accounts.purpose = 'reserved' \
         GROUP BY entry.object_id) AS held ON held.object_id = movements.id WHERE coalesce(held.held_minor, 0) <> \
         (CASE WHEN movements.kind IN ('refund', 'withdrawal') AND movements.status IN ('processing', 'unknown') \
         THEN movements.amount_minor ELSE 0 END)",
"a payment of an account holder came from a wallet, and its refunds went back there":
        "SELECT payments.id AS place FROM payments LEFT JOIN \
         (SELECT entry.object_id, sum(entry.amount_minor) AS paid_minor FROM ledger_entries AS entry \
         WHERE entry.rule = 'paid_by_holder' AND entry.amount_minor > 0 GROUP BY entry.object_id) AS paid \
         ON paid.object_id = payments.id LEFT JOIN \
         (SELECT movements.payment_id, sum(entry.amount_minor) AS returned_minor FROM movements \
         JOIN ledger_entries AS entry ON entry.object_id = movements.id \
         AND entry.rule = 'returned_to_holder' AND entry.amount_minor > 0 GROUP BY movements.payment_id) AS returned \
         ON returned.payment_id = payments.id \
         WHERE coalesce(paid.paid_minor, 0) <> (CASE WHEN payments.payer IS NULL THEN 0 ELSE payments.captured_minor END) \
         OR coalesce(returned.returned_minor, 0) <> \
         (CASE WHEN payments.payer IS NULL THEN 0 ELSE payments.refunded_minor END)",
    "a consented payment is used up by exactly the payment that was made of it":
        "SELECT payments.id AS place FROM payments LEFT JOIN granted_payments AS granted \
         ON granted.grant_id = payments.grant_id AND granted.used_by = payments.id \
         AND granted.amount_minor = payments.amount_minor AND granted.currency = payments.currency \
         AND granted.payee = payments.payee WHERE payments.payer IS NOT NULL AND granted.grant_id IS NULL \
         UNION ALL SELECT granted.grant_id AS place FROM granted_payments AS granted \
         LEFT JOIN payments ON payments.id = granted.used_by \
         WHERE granted.used_by IS NOT NULL AND payments.id IS NULL",
    "every entry belongs to a payment that took money or to a movement":
        "SELECT entry.posting_id AS place FROM ledger_entries AS entry \
         LEFT JOIN payments ON payments.id = entry.object_id AND payments.captured_minor > 0 \
         LEFT JOIN movements ON movements.id = entry.object_id \
         WHERE (CASE WHEN entry.rule IN ('captured', 'fee_charged', 'paid_by_holder') THEN payments.id ELSE movements.id END) IS NULL",
    "events of an object are numbered from one without gaps":
        "SELECT objects.id AS place FROM (SELECT id, event_count FROM payments \
         UNION ALL SELECT id, event_count FROM movements) AS objects LEFT JOIN \
         (SELECT object_id, count(*) AS told, max(sequence) AS last FROM events GROUP BY object_id) AS told \
         ON told.object_id = objects.id \
         WHERE objects.event_count <> coalesce(told.told, 0) OR objects.event_count <> coalesce(told.last, 0)",
    "somebody looks at an object exactly as long as it waits for something":
        "SELECT objects.id AS place FROM (SELECT id, CASE WHEN status IN \
         ('created', 'requires_action', 'processing', 'authorized', 'unknown') THEN 1 ELSE 0 END AS waits FROM payments \
         UNION ALL SELECT id, CASE WHEN status IN ('processing', 'unknown') THEN 1 ELSE 0 END FROM movements) AS objects \
         LEFT JOIN due_work ON due_work.object_id = objects.id \
         WHERE objects.waits <> (CASE WHEN due_work.object_id IS NULL THEN 0 ELSE 1 END)",
    "a call has its answer exactly when its object is no longer being asked about":
        "SELECT known.object_id AS place FROM idempotency AS known LEFT JOIN payments ON payments.id = known.object_id \
         LEFT JOIN events ON events.object_id = known.object_id AND events.sequence = known.answer_sequence \
         WHERE (CASE WHEN payments.status = 'processing' THEN 0 ELSE 1 END) <> \
         (CASE WHEN events.object_id IS NULL THEN 0 ELSE 1 END)",
    "an order has at most one payment that is alive or paid":
        "SELECT order_id AS place FROM payments WHERE status NOT IN ('canceled', 'failed', 'expired') \
         GROUP BY application_id, environment, order_id HAVING count(*) > 1",
};

/// The rules that are broken, and where.
///
/// # Errors
/// When the database refuses.
pub async fn broken_rules(on: impl Into<Conn<'_>>) -> Result<Vec<BrokenRule>, StorageError> {
    let mut conn = on.into();
    let mut broken = Vec::new();
    for rule in RULES {
        let count: i64 = on!(conn, |conn| sqlx::query_scalar(rule.count).fetch_one(conn).await)?;
        if count > 0 {
            let places = on!(conn, |conn| sqlx::query_scalar(rule.places).bind(PLACES_MAX).fetch_all(conn).await)?;
            broken.push(BrokenRule { rule: rule.text, count, places });
        }
    }
    Ok(broken)
}
