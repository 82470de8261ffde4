//! Loading the books for a batch.

use std::collections::HashSet;

use tallyport_domain::books::{Books, Command, IdempotencyRecord, IdempotencyScope, NonceId, OrderKey, StoredAnswer};
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};

use super::{accounts, consents};
use crate::column::RowOf;
use crate::fees;
use crate::movements::{MovementRow, movement_columns};
use crate::payments::{PaymentRow, payment_columns, status_and_id};
use crate::rows::{lock_by_keys, select_by_keys};
use crate::{StorageError, Tx, sandbox_clocks};

/// Everything that the commands may read or change.
pub async fn load(tx: &mut Tx, commands: &[Command]) -> Result<Books, StorageError> {
    let mut books = Books::default();
    load_payments(tx, &mut books, commands).await?;
    load_movements(tx, &mut books, commands).await?;
    load_clocks(tx, &mut books, commands).await?;
    let charged: HashSet<_> = commands.iter().filter_map(Command::charged).collect();
    books.fees = fees::load(tx, &charged.into_iter().collect::<Vec<_>>()).await?;
    accounts::load_named(tx, &mut books, commands).await?;
    accounts::lock(tx, &mut books, commands).await?;
    consents::lock(tx, &mut books, commands).await?;
    load_nonces(tx, &mut books, commands).await?;
    // Orders first: another process may commit between the two statements, and whoever repeats a
    // call has to hear of its own first one rather than that the order is taken.
    load_orders(tx, &mut books, commands).await?;
    load_keys(tx, &mut books, commands).await?;
    Ok(books)
}

async fn load_payments(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<PaymentId> = commands.iter().filter_map(Command::payment).collect();
    ids.sort_unstable();
    ids.dedup();
    let payments = lock_by_keys!(
        tx,
        ids,
        PaymentRow,
        concat!("SELECT ", payment_columns!(), " FROM payments WHERE id IN ({}) ORDER BY id"),
        |id| [id.to_string()]
    )
    .await?;
    for row in payments {
        let payment = row.into_payment()?;
        books.payments.insert(payment.asked.id, payment);
    }
    Ok(())
}

async fn load_movements(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<ObjectId> = commands.iter().filter_map(Command::movement).collect();
    ids.sort_unstable();
    ids.dedup();
    let movements = lock_by_keys!(
        tx,
        ids,
        MovementRow,
        concat!("SELECT ", movement_columns!(), " FROM movements WHERE id IN ({}) ORDER BY id"),
        |id| [id.to_string()]
    )
    .await?;
    for row in movements {
        let movement = row.into_movement()?;
        books.movements.insert(movement.id, movement);
    }
    Ok(())
}

async fn load_clocks(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<AppId> = commands.iter().filter_map(|command| books.sandbox_of(command)).collect();
    ids.sort_unstable();
    ids.dedup();
    books.clocks = sandbox_clocks::lock_moved(tx, &ids).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct NonceRow {
    key_id: String,
    nonce: String,
}

async fn load_nonces(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let nonces: Vec<&NonceId> = commands.iter().filter_map(|command| Some(&command.nonce()?.id)).collect();
    let used = select_by_keys!(
        tx,
        nonces,
        NonceRow,
        "WITH wanted (key_id, nonce) AS (VALUES {}) \
         SELECT nonces.key_id, nonces.nonce FROM wanted CROSS JOIN nonces \
         WHERE nonces.key_id = wanted.key_id AND nonces.nonce = wanted.nonce",
        |nonce| [nonce.key_id.as_str(), nonce.value.as_str()]
    )
    .await?;
    books.nonces = used.into_iter().map(|row| NonceId { key_id: row.key_id, value: row.nonce }).collect();
    Ok(())
}

#[derive(sqlx::FromRow)]
struct IdempotencyRow {
    application_id: String,
    environment: String,
    operation: String,
    idempotency_key: String,
    request: String,
    object_id: String,
    answer_sequence: Option<i64>,
    answer: Option<String>,
    created_at_ms: i64,
}

impl IdempotencyRow {
    fn into_record(self) -> Result<(IdempotencyScope, IdempotencyRecord), StorageError> {
        let row = RowOf { table: "idempotency", id: &self.idempotency_key };
        let scope = IdempotencyScope {
            application_id: row.parse("application_id", &self.application_id)?,
            environment: row.parse("environment", &self.environment)?,
            operation: row.parse("operation", &self.operation)?,
            key: row.parse("idempotency_key", &self.idempotency_key)?,
        };
        let answer = match (self.answer_sequence, self.answer) {
            (Some(_), Some(event)) => Some(StoredAnswer::Text(event)),
            (None, None) => None,
            _ => return Err(row.corrupt("answer_sequence")),
        };
        let object_id = row.parse("object_id", &self.object_id)?;
        Ok((scope, IdempotencyRecord { request: self.request, object_id, answer, created_at_ms: self.created_at_ms }))
    }
}

#[derive(sqlx::FromRow)]
struct OrderRow {
    id: String,
    application_id: String,
    environment: String,
    order_id: String,
    status: String,
}

async fn load_orders(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let orders: HashSet<OrderKey> = commands.iter().filter_map(Command::order).collect();
    let orders: Vec<OrderKey> = orders.into_iter().collect();
    let alive = select_by_keys!(
        tx,
        orders,
        OrderRow,
        "WITH wanted (application_id, environment, order_id) AS (VALUES {}) \
         SELECT payments.id, payments.application_id, payments.environment, payments.order_id, payments.status \
         FROM wanted CROSS JOIN payments \
         WHERE payments.application_id = wanted.application_id AND payments.environment = wanted.environment \
         AND payments.order_id = wanted.order_id AND payments.status NOT IN ('canceled', 'failed', 'expired')",
        |order| [order.application_id.to_string(), order.environment.as_str(), order.order_id.as_str()]
    )
    .await?;
    for found in alive {
        let row = RowOf { table: "payments", id: &found.id };
        let order = OrderKey {
            application_id: row.parse("application_id", &found.application_id)?,
            environment: row.parse("environment", &found.environment)?,
            order_id: row.parse("order_id", &found.order_id)?,
        };
        books.orders.insert(order, status_and_id(&found.id, &found.status)?);
    }

    Ok(())
}

async fn load_keys(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let scopes: HashSet<&IdempotencyScope> =
        commands.iter().filter_map(|command| Some(&command.keyed()?.scope)).collect();
    let scopes: Vec<&IdempotencyScope> = scopes.into_iter().collect();
    let known = select_by_keys!(
        tx,
        scopes,
        IdempotencyRow,
        "WITH wanted (application_id, environment, operation, idempotency_key) AS (VALUES {}) \
         SELECT known.application_id, known.environment, known.operation, known.idempotency_key, known.request, \
         known.object_id, known.answer_sequence, events.body AS answer, known.created_at_ms \
         FROM wanted CROSS JOIN idempotency AS known LEFT JOIN events \
         ON events.object_id = known.object_id AND events.sequence = known.answer_sequence \
         WHERE known.application_id = wanted.application_id AND known.environment = wanted.environment \
         AND known.operation = wanted.operation AND known.idempotency_key = wanted.idempotency_key",
        |scope| [
            scope.application_id.to_string(),
            scope.environment.as_str(),
            scope.operation.to_string(),
            scope.key.as_str()
        ]
    )
    .await?;
    books.idempotency = known.into_iter().map(IdempotencyRow::into_record).collect::<Result<_, _>>()?;
    Ok(())
}
