//! Writing the payments and movements that a batch made or changed.

use std::collections::HashMap;

use tallyport_domain::books::Books;
use tallyport_domain::ids::ObjectId;

use crate::StorageError;
use crate::movements::MovementColumns;
use crate::payments::PaymentColumns;
use crate::rows::{Writes, add_rows};

/// How many events of each object are new.
fn new_events(books: &Books) -> HashMap<ObjectId, i64> {
    let mut counts = HashMap::new();
    for event in &books.changes.events {
        *counts.entry(event.object.id()).or_default() += 1;
    }
    counts
}

/// What changed comes before what is new: an order whose payment failed in this batch may be paid anew in it, and
/// has one payment that is alive at a time.
pub(super) fn write_payments(writes: &mut Writes, books: &Books) -> Result<(), StorageError> {
    let added = new_events(books);
    let changed: Vec<(PaymentColumns<'_>, i64)> = books
        .changes
        .payments_changed
        .iter()
        .map(|id| (PaymentColumns::of(&books.payments[id]), added.get(&ObjectId::Payment(*id)).copied().unwrap_or(0)))
        .collect();
    add_rows!(
        writes,
        changing "payments",
        changed,
        "WITH change (id, status, captured_minor, refunded_minor, refunding_minor, capturable_minor, failure_code, \
         action, checks, due_at_ms, event_count, updated_at_ms, expected_count) AS (VALUES {}) \
         UPDATE payments SET status = change.status, captured_minor = change.captured_minor, \
         refunded_minor = change.refunded_minor, refunding_minor = change.refunding_minor, \
         capturable_minor = change.capturable_minor, failure_code = change.failure_code, action = change.action, \
         checks = change.checks, due_at_ms = change.due_at_ms, event_count = change.event_count, \
         updated_at_ms = change.updated_at_ms \
         FROM change WHERE payments.id = change.id AND payments.event_count = change.expected_count",
        |row| [
            row.0.id.as_str(),
            row.0.state.status,
            row.0.state.captured_minor,
            row.0.state.refunded_minor,
            row.0.state.refunding_minor,
            row.0.state.capturable_minor,
            row.0.state.failure_code,
            row.0.state.action,
            row.0.state.checks,
            row.0.state.due_at_ms,
            row.0.event_count,
            row.0.updated_at_ms,
            row.0.event_count - row.1
        ]
    )?;

    let made: Vec<PaymentColumns<'_>> =
        books.changes.payments_made.iter().map(|id| PaymentColumns::of(&books.payments[id])).collect();
    add_rows!(
        writes,
        made,
        "INSERT INTO payments (id, application_id, environment, order_id, amount_minor, currency, method, instance, payer, \
         grant_id, payee, scene, capture, description, return_url, metadata, expires_at_ms, fee_basis_points, fee_fixed_minor, \
         sandbox_outcome, status, captured_minor, refunded_minor, refunding_minor, capturable_minor, failure_code, \
         action, checks, due_at_ms, idempotency_key, event_count, created_at_ms, updated_at_ms) VALUES {}",
        |row| [
            row.id.as_str(),
            row.application_id.as_str(),
            row.environment,
            row.order_id,
            row.amount_minor,
            row.currency,
            row.method,
            row.instance,
            row.payer.as_deref(),
            row.grant_id.as_deref(),
            row.payee.as_deref(),
            row.scene,
            row.capture,
            row.description,
            row.return_url,
            row.metadata.as_deref(),
            row.expires_at_ms,
            row.fee_basis_points,
            row.fee_fixed_minor,
            row.sandbox_outcome,
            row.state.status,
            row.state.captured_minor,
            row.state.refunded_minor,
            row.state.refunding_minor,
            row.state.capturable_minor,
            row.state.failure_code,
            row.state.action,
            row.state.checks,
            row.state.due_at_ms,
            row.idempotency_key,
            row.event_count,
            row.created_at_ms,
            row.updated_at_ms
        ]
    )
}

pub(super) fn write_movements(writes: &mut Writes, books: &Books) -> Result<(), StorageError> {
    let made: Vec<MovementColumns<'_>> =
        books.changes.movements_made.iter().map(|id| MovementColumns::of(&books.movements[id])).collect();
    add_rows!(
        writes,
        made,
        "INSERT INTO movements (id, kind, application_id, environment, amount_minor, currency, payment_id, channel, \
         instance, to_holder, is_to_balance, from_account, to_account, description, metadata, sandbox_outcome, status, failure_code, checks, due_at_ms, \
         event_count, created_at_ms, updated_at_ms) VALUES {}",
        |row| [
            row.id.as_str(),
            row.kind,
            row.movement.application_id.to_string(),
            row.movement.environment.as_str(),
            row.movement.amount.minor(),
            row.movement.amount.currency().code(),
            row.payment_id.as_deref(),
            row.channel,
            row.instance,
            row.to_holder.as_deref(),
            row.is_to_balance,
            row.from_account.as_deref(),
            row.to_account.as_deref(),
            row.description,
            row.metadata.as_deref(),
            row.sandbox_outcome,
            row.status,
            row.failure_code,
            row.checks,
            row.due_at_ms,
            row.movement.event_count,
            row.movement.created_at_ms,
            row.movement.updated_at_ms
        ]
    )?;

    let added = new_events(books);
    let changed: Vec<(MovementColumns<'_>, i64)> = books
        .changes
        .movements_changed
        .iter()
        .map(|id| (MovementColumns::of(&books.movements[id]), added.get(id).copied().unwrap_or(0)))
        .collect();
    add_rows!(
        writes,
        changing "movements",
        changed,
        "WITH change (id, status, is_to_balance, failure_code, checks, due_at_ms, event_count, updated_at_ms, \
         expected_count) AS (VALUES {}) UPDATE movements SET status = change.status, \
         is_to_balance = change.is_to_balance, failure_code = change.failure_code, \
         checks = change.checks, due_at_ms = change.due_at_ms, event_count = change.event_count, \
         updated_at_ms = change.updated_at_ms \
         FROM change WHERE movements.id = change.id AND movements.event_count = change.expected_count",
        |row| [
            row.0.id.as_str(),
            row.0.status,
            row.0.is_to_balance,
            row.0.failure_code,
            row.0.checks,
            row.0.due_at_ms,
            row.0.movement.event_count,
            row.0.movement.updated_at_ms,
            row.0.movement.event_count - row.1
        ]
    )
}
