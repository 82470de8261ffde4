//! Writing what a batch changed. Each update names the state it expects; when fewer rows change than
//! it names, the batch is refused as a whole and nothing of it is kept.

use std::collections::HashMap;

use tallyport_domain::books::{Books, Changes, IdempotencyRecord, IdempotencyScope, StoredAnswer};
use tallyport_domain::ids::{AccountId, ObjectId};
use tallyport_domain::ledger::Account;

use super::consents;
use super::write_objects::{write_movements, write_payments};
use crate::batches::{self, ChainedBatch};
use crate::rows::{Writes, add_rows};
use crate::{StorageError, Tx};

/// The texts for the wire that commit together with what they tell of.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The body of each new event, in their order.
    pub events: Vec<String>,
    /// The link that chains the batch to the one before it; none where nothing but nonces changed.
    pub batch: Option<ChainedBatch>,
}

/// A batch of so many nonces and events at most, as sixteen payments have, goes to the database in one trip.
const TOGETHER_MAX: usize = 48;

/// Writes all changes of the books.
pub async fn write(tx: &mut Tx, books: &Books, rendered: &Rendered) -> Result<(), StorageError> {
    let Changes { nonces, events, .. } = &books.changes;
    let mut writes = Writes::new(tx.dialect(), nonces.len() + events.len() <= TOGETHER_MAX);
    add_rows!(&mut writes, nonces, "INSERT INTO nonces (key_id, nonce, expires_at_ms) VALUES {}", |nonce| [
        nonce.id.key_id.as_str(),
        nonce.id.value.as_str(),
        nonce.expires_at_ms
    ])?;
    write_payments(&mut writes, books)?;
    consents::write(&mut writes, books)?;
    write_ledger(&mut writes, books)?;
    write_movements(&mut writes, books)?;
    write_due(&mut writes, books)?;
    write_keys(&mut writes, books)?;
    write_events(&mut writes, books, rendered)?;
    if let Some(batch) = &rendered.batch {
        batches::append(&mut writes, batch)?;
    }
    writes.send(tx).await
}

fn write_due(writes: &mut Writes, books: &Books) -> Result<(), StorageError> {
    let due = &books.changes.due;
    let coming: Vec<(ObjectId, i64)> = due.iter().filter_map(|(id, at_ms)| Some((*id, (*at_ms)?))).collect();
    add_rows!(
        writes,
        coming,
        "INSERT INTO due_work (object_id, attempts, due_at_ms) VALUES {} \
         ON CONFLICT (object_id) DO UPDATE SET attempts = 0, due_at_ms = excluded.due_at_ms",
        |row| [row.0.to_string(), 0i64, row.1]
    )?;
    let over: Vec<ObjectId> = due.iter().filter(|(_, at_ms)| at_ms.is_none()).map(|(id, _)| *id).collect();
    add_rows!(writes, over, "DELETE FROM due_work WHERE (object_id) IN (VALUES {})", |id| [id.to_string()])
}

fn write_keys(writes: &mut Writes, books: &Books) -> Result<(), StorageError> {
    let made: Vec<(&IdempotencyScope, &IdempotencyRecord)> =
        books.changes.idempotency_made.iter().map(|scope| (scope, &books.idempotency[scope])).collect();
    add_rows!(
        writes,
        made,
        "INSERT INTO idempotency (application_id, environment, operation, idempotency_key, request, object_id, \
         answer_sequence, created_at_ms) VALUES {}",
        |row| [
            row.0.application_id.to_string(),
            row.0.environment.as_str(),
            row.0.operation.to_string(),
            row.0.key.as_str(),
            row.1.request.as_str(),
            row.1.object_id.to_string(),
            answer_sequence(books, row.1),
            row.1.created_at_ms
        ]
    )?;
    let answered = &books.changes.idempotency_answered;
    add_rows!(
        writes,
        changing "idempotency",
        answered,
        "WITH change (application_id, environment, operation, idempotency_key, answer_sequence) AS (VALUES {}) \
         UPDATE idempotency SET answer_sequence = change.answer_sequence FROM change \
         WHERE idempotency.application_id = change.application_id AND idempotency.environment = change.environment \
         AND idempotency.operation = change.operation AND idempotency.idempotency_key = change.idempotency_key \
         AND idempotency.answer_sequence IS NULL",
        |row| [
            row.0.application_id.to_string(),
            row.0.environment.as_str(),
            row.0.operation.to_string(),
            row.0.key.as_str(),
            row.1
        ]
    )
}

fn answer_sequence(books: &Books, record: &IdempotencyRecord) -> Option<i64> {
    match record.answer {
        Some(StoredAnswer::Event(event)) => Some(books.changes.events[event].sequence),
        Some(StoredAnswer::Text(_)) | None => None,
    }
}

fn write_ledger(writes: &mut Writes, books: &Books) -> Result<(), StorageError> {
    let changes = &books.changes;
    let opened: Vec<&Account> = changes.accounts_opened.iter().map(|key| &books.accounts[key]).collect();
    add_rows!(
        writes,
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
    )?;

    let mut added: HashMap<AccountId, i64> = HashMap::new();
    for entry in &changes.entries {
        *added.entry(entry.account_id).or_default() += 1;
    }
    let changed: Vec<&Account> = changes.accounts_changed.iter().map(|key| &books.accounts[key]).collect();
    add_rows!(
        writes,
        changing "accounts",
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
    )?;

    let entries = &changes.entries;
    add_rows!(
        writes,
        entries,
        "INSERT INTO ledger_entries (account_id, sequence, posting_id, rule, object_id, amount_minor, \
         balance_after_minor, created_at_ms) VALUES {}",
        |entry| [
            entry.account_id.to_string(),
            entry.sequence,
            entry.posting_id.to_string(),
            entry.rule.as_str(),
            entry.object_id.to_string(),
            entry.amount_minor,
            entry.balance_after_minor,
            entry.created_at_ms
        ]
    )
}

fn write_events(writes: &mut Writes, books: &Books, rendered: &Rendered) -> Result<(), StorageError> {
    let events: Vec<_> = books.changes.events.iter().zip(&rendered.events).collect();
    add_rows!(
        writes,
        events,
        "INSERT INTO events (application_id, environment, id, object_id, sequence, type, body, created_at_ms) \
         VALUES {}",
        |row| [
            row.0.object.application_id().to_string(),
            row.0.object.environment().as_str(),
            row.0.id.to_string(),
            row.0.object.id().to_string(),
            row.0.sequence,
            row.0.kind.as_str(),
            row.1.as_str(),
            row.0.created_at_ms
        ]
    )
}
