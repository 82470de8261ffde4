//! Writing what a batch changed. Each update names the state it expects; when fewer rows change than
//! it names, the batch is refused as a whole and nothing of it is kept.

use std::collections::HashMap;

use tallyport_domain::books::{Books, StoredAnswer};
use tallyport_domain::ids::AccountId;
use tallyport_domain::ledger::Account;
use tallyport_domain::payment::Payment;

use crate::payments::PaymentColumns;
use crate::rows::write_rows;
use crate::{StorageError, Tx};

/// The texts for the wire that commit together with what they tell of.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The body of each new event, in their order.
    pub events: Vec<String>,
    /// The final answer of each answered payment, in their order.
    pub answers: Vec<StoredAnswer>,
    /// When a new channel call falls to the worker, unless its maker has had an answer before.
    pub calls_due_at_ms: i64,
}

/// Writes all changes of the books.
pub async fn write(tx: &mut Tx, books: &Books, rendered: &Rendered) -> Result<(), StorageError> {
    let nonces = &books.changes.nonces;
    write_rows!(tx, nonces, "INSERT INTO nonces (key_id, nonce, expires_at_ms) VALUES {}", |nonce| [
        nonce.id.key_id.as_str(),
        nonce.id.value.as_str(),
        nonce.expires_at_ms
    ])
    .await?;
    write_made(tx, books, rendered).await?;
    write_answered(tx, books, rendered).await?;
    write_ledger(tx, books).await?;
    write_events(tx, books, rendered).await
}

async fn write_made(tx: &mut Tx, books: &Books, rendered: &Rendered) -> Result<(), StorageError> {
    let made: Vec<PaymentColumns<'_>> =
        books.changes.payments_made.iter().map(|id| PaymentColumns::of(&books.payments[id])).collect();
    write_rows!(
        tx,
        made,
        "INSERT INTO payments (id, application_id, environment, order_id, amount_minor, currency, method, \
         description, status, captured_minor, failure_code, idempotency_key, event_count, created_at_ms, \
         updated_at_ms) VALUES {}",
        |row| [
            row.id.as_str(),
            row.application_id.as_str(),
            row.environment,
            row.order_id,
            row.amount_minor,
            row.currency,
            row.method,
            row.description,
            row.status,
            row.captured_minor,
            row.failure_code,
            row.idempotency_key,
            row.event_count,
            row.created_at_ms,
            row.updated_at_ms
        ]
    )
    .await?;
    write_rows!(tx, made, "INSERT INTO channel_calls (payment_id, attempts, due_at_ms) VALUES {}", |row| [
        row.id.as_str(),
        0i64,
        rendered.calls_due_at_ms
    ])
    .await?;
    let idempotency = &books.changes.idempotency;
    write_rows!(
        tx,
        idempotency,
        "INSERT INTO idempotency (application_id, environment, operation, idempotency_key, request, object_id, \
         created_at_ms) VALUES {}",
        |row| [
            row.0.application_id.to_string(),
            row.0.environment.as_str(),
            row.0.operation.as_str(),
            row.0.key.as_str(),
            row.1.request.as_str(),
            row.1.payment_id.to_string(),
            row.1.created_at_ms
        ]
    )
    .await?;
    Ok(())
}

async fn write_answered(tx: &mut Tx, books: &Books, rendered: &Rendered) -> Result<(), StorageError> {
    let answered: Vec<PaymentColumns<'_>> =
        books.changes.payments_answered.iter().map(|id| PaymentColumns::of(&books.payments[id])).collect();
    let changed = write_rows!(
        tx,
        answered,
        "WITH change (id, status, captured_minor, failure_code, event_count, updated_at_ms) AS (VALUES {}) \
         UPDATE payments SET status = change.status, captured_minor = change.captured_minor, \
         failure_code = change.failure_code, event_count = change.event_count, updated_at_ms = change.updated_at_ms \
         FROM change WHERE payments.id = change.id AND payments.status = 'processing' \
         AND payments.event_count = change.event_count - 1",
        |row| [row.id.as_str(), row.status, row.captured_minor, row.failure_code, row.event_count, row.updated_at_ms]
    )
    .await?;
    expect("payments", changed, answered.len())?;

    let answers: Vec<(&Payment, &StoredAnswer)> =
        books.changes.payments_answered.iter().map(|id| &books.payments[id]).zip(&rendered.answers).collect();
    let changed = write_rows!(
        tx,
        answers,
        "WITH change (application_id, environment, idempotency_key, status, answer) AS (VALUES {}) \
         UPDATE idempotency SET status = change.status, answer = change.answer FROM change \
         WHERE idempotency.application_id = change.application_id AND idempotency.environment = change.environment \
         AND idempotency.operation = 'POST /v1/payments' AND idempotency.idempotency_key = change.idempotency_key \
         AND idempotency.status IS NULL",
        |row| [
            row.0.asked.application_id.to_string(),
            row.0.asked.environment.as_str(),
            row.0.idempotency_key.as_str(),
            i64::from(row.1.status),
            row.1.body.as_str()
        ]
    )
    .await?;
    expect("idempotency", changed, answers.len())?;

    let changed = write_rows!(tx, answered, "DELETE FROM channel_calls WHERE (payment_id) IN (VALUES {})", |row| [row
        .id
        .as_str()])
    .await?;
    expect("channel_calls", changed, answered.len())
}

async fn write_ledger(tx: &mut Tx, books: &Books) -> Result<(), StorageError> {
    let changes = &books.changes;
    let opened: Vec<&Account> = changes.accounts_opened.iter().map(|key| &books.accounts[key]).collect();
    write_rows!(
        tx,
        opened,
        "INSERT INTO accounts (id, owner, environment, purpose, currency, balance_minor, entry_count, created_at_ms) \
         VALUES {}",
        |account| [
            account.id.to_string(),
            account.key.owner.to_string(),
            account.key.environment.as_str(),
            account.key.purpose.as_str(),
            account.key.currency.code(),
            account.balance_minor,
            account.entry_count,
            account.created_at_ms
        ]
    )
    .await?;

    let mut added: HashMap<AccountId, i64> = HashMap::new();
    for entry in &changes.entries {
        *added.entry(entry.account_id).or_default() += 1;
    }
    let changed: Vec<&Account> = changes.accounts_changed.iter().map(|key| &books.accounts[key]).collect();
    let count = write_rows!(
        tx,
        changed,
        "WITH change (id, balance_minor, entry_count, expected_count) AS (VALUES {}) \
         UPDATE accounts SET balance_minor = change.balance_minor, entry_count = change.entry_count FROM change \
         WHERE accounts.id = change.id AND accounts.entry_count = change.expected_count",
        |account| [
            account.id.to_string(),
            account.balance_minor,
            account.entry_count,
            account.entry_count - added.get(&account.id).copied().unwrap_or(0)
        ]
    )
    .await?;
    expect("accounts", count, changed.len())?;

    let entries = &changes.entries;
    write_rows!(
        tx,
        entries,
        "INSERT INTO ledger_entries (account_id, sequence, posting_id, rule, object_id, amount_minor, \
         balance_after_minor, created_at_ms) VALUES {}",
        |entry| [
            entry.account_id.to_string(),
            entry.sequence,
            entry.posting_id.to_string(),
            entry.rule.as_str(),
            entry.object_id.as_str(),
            entry.amount_minor,
            entry.balance_after_minor,
            entry.created_at_ms
        ]
    )
    .await?;
    Ok(())
}

async fn write_events(tx: &mut Tx, books: &Books, rendered: &Rendered) -> Result<(), StorageError> {
    let events: Vec<_> = books.changes.events.iter().zip(&rendered.events).collect();
    write_rows!(
        tx,
        events,
        "INSERT INTO events (id, application_id, environment, object_id, sequence, type, body, created_at_ms) \
         VALUES {}",
        |row| [
            row.0.id.to_string(),
            row.0.payment.asked.application_id.to_string(),
            row.0.payment.asked.environment.as_str(),
            row.0.payment.asked.id.to_string(),
            row.0.sequence,
            row.0.kind.as_str(),
            row.1.as_str(),
            row.0.created_at_ms
        ]
    )
    .await?;
    Ok(())
}

fn expect(table: &'static str, changed: u64, expected: usize) -> Result<(), StorageError> {
    if usize::try_from(changed).is_ok_and(|changed| changed == expected) {
        return Ok(());
    }
    Err(StorageError::Stale { table })
}
