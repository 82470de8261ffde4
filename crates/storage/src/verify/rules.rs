//! The rules of the tables that are walked, each with the query that names where it is broken.
//!
//! A query gives a place, what stands there and what follows from everything else; where the two
//! differ, the rule is broken. `PAGE` stands for the page's rows.

use super::walk::{Rule, Walk, page};

/// The tables to walk, in this order.
pub const WALKS: [&Walk; 6] = [&PAYMENTS, &MOVEMENTS, &EVENTS, &CALLS, &DUE, &CONSENTS];

macro_rules! rules {
    ($($text:literal: $stands:expr => $follows:expr, $place:expr, $rows:expr;)+) => {
        &[$(Rule {
            text: $text,
            broken: concat!(
                "SELECT place, CAST(stands AS TEXT) AS stands, CAST(follows AS TEXT) AS follows FROM (SELECT ",
                $place, " AS place, ", $stands, " AS stands, ", $follows, " AS follows FROM ", $rows,
                ") AS checked WHERE stands <> follows ORDER BY place"
            ),
        },)+]
    };
}

/// A table whose key is one column.
macro_rules! walk_by {
    ($table:literal, $key:literal, $rules:expr) => {
        Walk {
            table: $table,
            keys: 1,
            last: concat!("SELECT ", $key, ", '', '', '' FROM ", $table, " ORDER BY ", $key, " DESC LIMIT 1"),
            next: concat!(
                "SELECT ",
                $key,
                ", '', '', '' FROM ",
                $table,
                " WHERE ",
                $key,
                " > $1 AND ",
                $key,
                " <= $2 ORDER BY ",
                $key,
                " LIMIT $3"
            ),
            rules: $rules,
        }
    };
}

macro_rules! payments {
    () => {
        "payments WHERE payments.id > $1 AND payments.id <= $2"
    };
}

macro_rules! movements {
    () => {
        "movements WHERE movements.id > $1 AND movements.id <= $2"
    };
}

/// The rows of a page whose key is several columns. PostgreSQL does not end a scan at the upper bound of such a key,
/// only at the limit: without it every page would read all that is behind it as well.
macro_rules! page_of {
    ($table:literal, $key:literal, $after:literal, $last:literal) => {
        concat!(
            "(SELECT * FROM ",
            $table,
            " WHERE (",
            $key,
            ") > ",
            $after,
            " AND (",
            $key,
            ") <= ",
            $last,
            " ORDER BY ",
            $key,
            " LIMIT ",
            page!(),
            ") AS ",
            $table
        )
    };
}

macro_rules! events_of {
    ($table:literal) => {
        concat!("(SELECT count(*) FROM events WHERE events.object_id = ", $table, ".id)")
    };
}

macro_rules! last_event_of {
    ($table:literal) => {
        concat!("coalesce((SELECT max(sequence) FROM events WHERE events.object_id = ", $table, ".id), 0)")
    };
}

macro_rules! due_of {
    ($table:literal) => {
        concat!("(SELECT count(*) FROM due_work WHERE due_work.object_id = ", $table, ".id)")
    };
}

macro_rules! entries_of {
    ($table:literal) => {
        concat!(
            $table,
            " CROSS JOIN ledger_entries AS entry WHERE entry.object_id = ",
            $table,
            ".id AND ",
            $table,
            ".id > $1 AND ",
            $table,
            ".id <= $2 GROUP BY entry.posting_id"
        )
    };
}

macro_rules! entries_elsewhere {
    ($table:literal) => {
        concat!(
            "(SELECT count(*) FROM ledger_entries AS entry JOIN accounts ON accounts.id = entry.account_id \
             WHERE entry.object_id = ",
            $table,
            ".id AND (accounts.currency <> ",
            $table,
            ".currency OR accounts.environment <> ",
            $table,
            ".environment))"
        )
    };
}

macro_rules! refunds {
    ($statuses:literal) => {
        concat!(
            "coalesce((SELECT sum(amount_minor) FROM movements WHERE movements.payment_id = payments.id \
             AND movements.status IN (",
            $statuses,
            ")), 0)"
        )
    };
}

const PAYMENTS: Walk = walk_by! { "payments", "id", rules! {
    "what a payment captured is what was credited for it":
        "captured_minor" =>
        "coalesce((SELECT sum(amount_minor) FROM ledger_entries AS entry WHERE entry.object_id = payments.id \
         AND entry.rule = 'captured' AND entry.amount_minor > 0), 0)", "id", payments!();
    "what a payment gave back is what its refunds say":
        "refunded_minor" => refunds!("'succeeded'"), "id", payments!();
    "what a payment is giving back is what its refunds under way say":
        "refunding_minor" => refunds!("'processing', 'unknown'"), "id", payments!();
    "no payment gives back more than it captured":
        "refunded_minor + refunding_minor" =>
        "CASE WHEN refunded_minor + refunding_minor > captured_minor THEN captured_minor \
         ELSE refunded_minor + refunding_minor END", "id", payments!();
    "a payee got what was captured, less the fee":
        "CASE WHEN payee IS NULL OR payer IS NOT NULL THEN 0 ELSE captured_minor - coalesce((SELECT sum(amount_minor) \
         FROM ledger_entries AS entry WHERE entry.object_id = payments.id AND entry.rule = 'fee_charged' \
         AND entry.amount_minor > 0), 0) END" =>
        "coalesce((SELECT sum(amount_minor) FROM ledger_entries AS entry WHERE entry.object_id = payments.id \
         AND entry.rule = 'paid_to_payee' AND entry.amount_minor > 0), 0)", "id", payments!();
    "a payment of an account holder came from their wallet":
        "CASE WHEN payer IS NULL THEN 0 ELSE captured_minor END" =>
        "coalesce((SELECT sum(amount_minor) FROM ledger_entries AS entry WHERE entry.object_id = payments.id \
         AND entry.rule = 'paid_by_holder' AND entry.amount_minor > 0), 0)", "id", payments!();
    "what a payment of an account holder gave back went into their wallet":
        "CASE WHEN payer IS NULL THEN 0 ELSE refunded_minor END" =>
        "coalesce((SELECT sum(entry.amount_minor) FROM movements CROSS JOIN ledger_entries AS entry \
         WHERE movements.payment_id = payments.id AND entry.object_id = movements.id \
         AND entry.rule = 'returned_to_holder' AND entry.amount_minor > 0), 0)", "id", payments!();
    "a payment of an account holder used up just the consent that names it":
        "CASE WHEN payer IS NULL THEN 0 ELSE 1 END" =>
        "(SELECT count(*) FROM granted_payments AS granted WHERE granted.grant_id = payments.grant_id \
         AND granted.used_by = payments.id AND granted.amount_minor = payments.amount_minor \
         AND granted.currency = payments.currency AND granted.payee = payments.payee)", "id", payments!();
    "an order has at most one payment that is alive or paid":
        "(SELECT count(*) FROM payments AS other WHERE other.application_id = payments.application_id \
         AND other.environment = payments.environment AND other.order_id = payments.order_id \
         AND other.status NOT IN ('canceled', 'failed', 'expired'))" => "1", "id",
        concat!(payments!(), " AND payments.status NOT IN ('canceled', 'failed', 'expired')");
    "every event of a payment is told":
        "event_count" => events_of!("payments"), "id", payments!();
    "the events of a payment are numbered from one without gaps":
        "event_count" => last_event_of!("payments"), "id", payments!();
    "somebody looks at a payment exactly as long as it waits":
        "CASE WHEN status IN ('created', 'requires_action', 'processing', 'authorized', 'unknown') \
         OR capturable_minor > 0 THEN 1 ELSE 0 END" =>
        due_of!("payments"), "id", payments!();
    "the lines of a payment are in its currency and environment":
        entries_elsewhere!("payments") => "0", "id", payments!();
    "the lines of a posting sum to zero":
        "sum(entry.amount_minor)" => "0", "entry.posting_id", entries_of!("payments");
} };

const MOVEMENTS: Walk = walk_by! { "movements", "id", rules! {
    "a refund, withdrawal, top-up or transfer moved its amount exactly when it succeeded":
        "CASE WHEN status = 'succeeded' THEN amount_minor ELSE 0 END" =>
        "coalesce((SELECT sum(entry.amount_minor) FROM ledger_entries AS entry WHERE entry.object_id = movements.id \
         AND entry.rule IN ('refunded', 'refunded_to_balance', 'paid_out', 'topped_up', 'transferred') \
         AND entry.amount_minor > 0), 0)",
        "id", movements!();
    "a refund went into a wallet exactly when its channel gave nothing back":
        "CASE WHEN is_to_balance = 1 THEN amount_minor ELSE 0 END" =>
        "coalesce((SELECT sum(entry.amount_minor) FROM ledger_entries AS entry \
         JOIN accounts ON accounts.id = entry.account_id WHERE entry.object_id = movements.id \
         AND entry.rule = 'refunded_to_balance' AND entry.amount_minor > 0 \
         AND accounts.owner = movements.to_holder), 0)", "id", movements!();
    "what was put aside for a refund or a withdrawal is there as long as that is under way":
        "CASE WHEN kind IN ('refund', 'withdrawal') AND status IN ('processing', 'unknown') \
         THEN amount_minor ELSE 0 END" =>
        "coalesce((SELECT sum(entry.amount_minor) FROM ledger_entries AS entry \
         JOIN accounts ON accounts.id = entry.account_id WHERE entry.object_id = movements.id \
         AND accounts.purpose = 'reserved'), 0)", "id", movements!();
    "every event of a movement is told":
        "event_count" => events_of!("movements"), "id", movements!();
    "the events of a movement are numbered from one without gaps":
        "event_count" => last_event_of!("movements"), "id", movements!();
    "somebody looks at a movement exactly as long as it waits":
        "CASE WHEN status IN ('processing', 'unknown') THEN 1 ELSE 0 END" => due_of!("movements"), "id", movements!();
    "the lines of a movement are in its currency and environment":
        entries_elsewhere!("movements") => "0", "id", movements!();
    "the lines of a posting sum to zero":
        "sum(entry.amount_minor)" => "0", "entry.posting_id", entries_of!("movements");
} };

const EVENTS: Walk = Walk {
    table: "events",
    keys: 3,
    last: "SELECT application_id, environment, id, '' FROM events \
           ORDER BY application_id DESC, environment DESC, id DESC LIMIT 1",
    next: "SELECT application_id, environment, id, '' FROM events WHERE (application_id, environment, id) > ($1, $2, $3) \
           AND (application_id, environment, id) <= ($4, $5, $6) ORDER BY application_id, environment, id LIMIT $7",
    rules: rules! {
        "an event is about a payment or movement of its application":
            "1" =>
            "(SELECT count(*) FROM payments WHERE payments.id = events.object_id \
             AND payments.application_id = events.application_id AND payments.environment = events.environment) \
             + (SELECT count(*) FROM movements WHERE movements.id = events.object_id \
             AND movements.application_id = events.application_id AND movements.environment = events.environment)",
            "id",
            page_of!("events", "application_id, environment, id", "($1, $2, $3)", "($4, $5, $6)");
    },
};

const CALLS: Walk = Walk {
    table: "idempotency",
    keys: 4,
    last: "SELECT application_id, environment, operation, idempotency_key FROM idempotency \
           ORDER BY application_id DESC, environment DESC, operation DESC, idempotency_key DESC LIMIT 1",
    next: "SELECT application_id, environment, operation, idempotency_key FROM idempotency \
           WHERE (application_id, environment, operation, idempotency_key) > ($1, $2, $3, $4) \
           AND (application_id, environment, operation, idempotency_key) <= ($5, $6, $7, $8) \
           ORDER BY application_id, environment, operation, idempotency_key LIMIT $9",
    rules: rules! {
        "a call has its answer exactly when its object is no longer being asked about":
            "(SELECT count(*) FROM events WHERE events.object_id = idempotency.object_id \
             AND events.sequence = idempotency.answer_sequence)" =>
            "1 - (SELECT count(*) FROM payments WHERE payments.id = idempotency.object_id AND payments.status = 'processing')",
            "object_id",
            page_of!(
                "idempotency",
                "application_id, environment, operation, idempotency_key",
                "($1, $2, $3, $4)",
                "($5, $6, $7, $8)"
            );
    },
};

const DUE: Walk = walk_by! { "due_work", "object_id", rules! {
    "what somebody has to look at is there":
        "1" =>
        "(SELECT count(*) FROM payments WHERE payments.id = due_work.object_id) \
         + (SELECT count(*) FROM movements WHERE movements.id = due_work.object_id)", "object_id",
        "due_work WHERE object_id > $1 AND object_id <= $2";
} };

/// By grant; each has a few.
const CONSENTS: Walk = Walk {
    table: "granted_payments",
    keys: 1,
    last: "SELECT grant_id, '', '', '' FROM granted_payments ORDER BY grant_id DESC LIMIT 1",
    next: "SELECT DISTINCT grant_id, '', '', '' FROM granted_payments WHERE grant_id > $1 AND grant_id <= $2 \
           ORDER BY grant_id LIMIT $3",
    rules: rules! {
        "a consent that was used up was used by a payment":
            "CASE WHEN used_by IS NULL THEN 0 ELSE 1 END" =>
            "(SELECT count(*) FROM payments WHERE payments.id = granted.used_by)", "grant_id",
            "granted_payments AS granted WHERE grant_id > $1 AND grant_id <= $2";
    },
};
