//! Loading the books for a batch.

use std::collections::HashSet;

use tallyport_domain::books::{Books, Command, IdempotencyRecord, IdempotencyScope, NonceId, OrderKey, StoredAnswer};
use tallyport_domain::ledger::{Account, AccountKey, AccountPurpose, Channel, Owner};
use tallyport_domain::payment::Payment;

use crate::column::RowOf;
use crate::payments::{PaymentRow, payment_columns, status_and_id};
use crate::rows::{lock_by_keys, select_by_keys};
use crate::{StorageError, Tx};

/// Everything that the commands may read or change.
pub async fn load(tx: &mut Tx, commands: &[Command]) -> Result<Books, StorageError> {
    let mut books = Books::default();
    load_nonces(tx, &mut books, commands).await?;
    load_requests(tx, &mut books, commands).await?;
    load_answered(tx, &mut books, commands).await?;
    Ok(books)
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
    status: Option<i64>,
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
        let answer = match (self.status, self.answer) {
            (Some(status), Some(body)) => {
                Some(StoredAnswer { status: u16::try_from(status).map_err(|_| row.corrupt("status"))?, body })
            }
            (None, None) => None,
            _ => return Err(row.corrupt("answer")),
        };
        let payment_id = row.parse("object_id", &self.object_id)?;
        Ok((scope, IdempotencyRecord { request: self.request, payment_id, answer, created_at_ms: self.created_at_ms }))
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

async fn load_requests(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut scopes = HashSet::new();
    let mut orders = HashSet::new();
    for command in commands {
        if let Command::CreatePayment(create) = command {
            scopes.insert(create.scope());
            orders.insert(OrderKey::of(&create.payment));
        }
    }
    // Orders first: another process may commit between the two statements, and whoever repeats a
    // call has to hear of its own first one rather than that the order is taken.
    let orders: Vec<OrderKey> = orders.into_iter().collect();
    let alive = select_by_keys!(
        tx,
        orders,
        OrderRow,
        "WITH wanted (application_id, environment, order_id) AS (VALUES {}) \
         SELECT payments.id, payments.application_id, payments.environment, payments.order_id, payments.status \
         FROM wanted CROSS JOIN payments \
         WHERE payments.application_id = wanted.application_id AND payments.environment = wanted.environment \
         AND payments.order_id = wanted.order_id AND payments.status <> 'failed'",
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

    let scopes: Vec<IdempotencyScope> = scopes.into_iter().collect();
    let known = select_by_keys!(
        tx,
        scopes,
        IdempotencyRow,
        "WITH wanted (application_id, environment, operation, idempotency_key) AS (VALUES {}) \
         SELECT known.application_id, known.environment, known.operation, known.idempotency_key, known.request, \
         known.object_id, known.status, known.answer, known.created_at_ms \
         FROM wanted CROSS JOIN idempotency AS known \
         WHERE known.application_id = wanted.application_id AND known.environment = wanted.environment \
         AND known.operation = wanted.operation AND known.idempotency_key = wanted.idempotency_key",
        |scope| [
            scope.application_id.to_string(),
            scope.environment.as_str(),
            scope.operation.as_str(),
            scope.key.as_str()
        ]
    )
    .await?;
    books.idempotency = known.into_iter().map(IdempotencyRow::into_record).collect::<Result<_, _>>()?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    owner: String,
    environment: String,
    purpose: String,
    currency: String,
    balance_minor: i64,
    entry_count: i64,
    created_at_ms: i64,
}

impl AccountRow {
    fn into_account(self) -> Result<Account, StorageError> {
        let row = RowOf { table: "accounts", id: &self.id };
        Ok(Account {
            id: row.parse("id", &self.id)?,
            key: AccountKey {
                owner: row.parse("owner", &self.owner)?,
                environment: row.parse("environment", &self.environment)?,
                purpose: row.parse("purpose", &self.purpose)?,
                currency: row.parse("currency", &self.currency)?,
            },
            balance_minor: self.balance_minor,
            entry_count: self.entry_count,
            created_at_ms: self.created_at_ms,
        })
    }
}

async fn load_answered(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut answered: Vec<_> = commands
        .iter()
        .filter_map(|command| match command {
            Command::BookAnswer { payment_id, channel, .. } => Some((*payment_id, *channel)),
            Command::UseNonce(_) | Command::CreatePayment(_) => None,
        })
        .collect();
    answered.sort_unstable();
    answered.dedup();
    let payments = lock_by_keys!(
        tx,
        answered,
        PaymentRow,
        concat!("SELECT ", payment_columns!(), " FROM payments WHERE id IN ({}) ORDER BY id"),
        |answered| [answered.0.to_string()]
    )
    .await?;
    for row in payments {
        let payment = row.into_payment()?;
        books.payments.insert(payment.asked.id, payment);
    }

    let touched = answered.iter().filter_map(|(id, channel)| Some(accounts_of(books.payments.get(id)?, *channel)));
    let keys: HashSet<AccountKey> = touched.flatten().collect();
    let mut keys: Vec<AccountKey> = keys.into_iter().collect();
    // The order in which they are locked, across statements as well.
    keys.sort_by_cached_key(|key| {
        (key.owner.to_string(), key.environment.as_str(), key.purpose.as_str(), key.currency.code())
    });
    let accounts = lock_by_keys!(
        tx,
        keys,
        AccountRow,
        "WITH wanted (owner, environment, purpose, currency) AS (VALUES {}) \
         SELECT accounts.id, accounts.owner, accounts.environment, accounts.purpose, accounts.currency, \
         accounts.balance_minor, accounts.entry_count, accounts.created_at_ms FROM wanted CROSS JOIN accounts \
         WHERE accounts.owner = wanted.owner AND accounts.environment = wanted.environment \
         AND accounts.purpose = wanted.purpose AND accounts.currency = wanted.currency \
         ORDER BY accounts.owner, accounts.environment, accounts.purpose, accounts.currency",
        |key| [key.owner.to_string(), key.environment.as_str(), key.purpose.as_str(), key.currency.code()]
    )
    .await?;
    for row in accounts {
        let account = row.into_account()?;
        books.accounts.insert(account.key, account);
    }
    Ok(())
}

/// The accounts that a channel's answer about a payment may move money between.
fn accounts_of(payment: &Payment, channel: Channel) -> [AccountKey; 2] {
    let application = payment.asked.application_id;
    let (environment, currency) = (payment.asked.environment, payment.asked.amount.currency());
    let account = |owner, purpose| AccountKey { owner, environment, purpose, currency };
    [
        account(Owner::Channel { channel, application }, AccountPurpose::Clearing),
        account(Owner::Application(application), AccountPurpose::Available),
    ]
}
