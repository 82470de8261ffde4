//! What a batch looks up last: the nonces that are used up, the orders that are being paid and the calls that were
//! made before. One question for all of it, because each would cost a trip to the database, and because another
//! process may commit between two: whoever repeats a call has to hear of its own first one rather than that the order
//! is taken.

use std::collections::HashSet;

use tallyport_domain::books::{Books, Command, IdempotencyRecord, IdempotencyScope, NonceId, OrderKey, StoredAnswer};

use crate::column::RowOf;
use crate::payments::status_and_id;
use crate::rows::{RowTexts, ask};
use crate::{StorageError, Tx};

/// What is looked up; a row says which it answers.
const NONCE: i64 = 1;
const ORDER: i64 = 2;
const CALL: i64 = 3;

/// SQLite keeps the order of a `CROSS JOIN`, so it searches the table once per key. The names and types of the
/// columns are those of the first part.
static LOOK_UP: RowTexts = RowTexts::new(
    "WITH nonce_wanted (key_id, nonce) AS (VALUES {}), \
     order_wanted (application_id, environment, order_id) AS (VALUES {}), \
     call_wanted (application_id, environment, operation, idempotency_key) AS (VALUES {}) \
     SELECT CAST(1 AS BIGINT) AS kind, nonces.key_id AS owner, nonces.nonce AS name, \
     CAST(NULL AS TEXT) AS environment, CAST(NULL AS TEXT) AS operation, CAST(NULL AS TEXT) AS request, \
     CAST(NULL AS TEXT) AS object_id, CAST(NULL AS TEXT) AS state, CAST(NULL AS BIGINT) AS answer_sequence, \
     CAST(NULL AS BIGINT) AS created_at_ms \
     FROM nonce_wanted AS wanted CROSS JOIN nonces \
     WHERE nonces.key_id = wanted.key_id AND nonces.nonce = wanted.nonce \
     UNION ALL \
     SELECT 2, payments.application_id, payments.order_id, payments.environment, NULL, NULL, payments.id, \
     payments.status, NULL, NULL \
     FROM order_wanted AS wanted CROSS JOIN payments \
     WHERE payments.application_id = wanted.application_id AND payments.environment = wanted.environment \
     AND payments.order_id = wanted.order_id AND payments.status NOT IN ('canceled', 'failed', 'expired') \
     UNION ALL \
     SELECT 3, known.application_id, known.idempotency_key, known.environment, known.operation, known.request, \
     known.object_id, events.body, known.answer_sequence, known.created_at_ms \
     FROM call_wanted AS wanted CROSS JOIN idempotency AS known LEFT JOIN events \
     ON events.object_id = known.object_id AND events.sequence = known.answer_sequence \
     WHERE known.application_id = wanted.application_id AND known.environment = wanted.environment \
     AND known.operation = wanted.operation AND known.idempotency_key = wanted.idempotency_key",
    &[2, 3, 4],
);

/// What the commands ask for.
struct Wanted<'c> {
    nonces: Vec<&'c NonceId>,
    orders: Vec<OrderKey>,
    calls: Vec<&'c IdempotencyScope>,
}

impl<'c> Wanted<'c> {
    fn by(commands: &'c [Command]) -> Self {
        Self {
            nonces: unique(commands.iter().filter_map(|command| Some(&command.nonce()?.id))),
            orders: unique(commands.iter().filter_map(Command::order)),
            calls: unique(commands.iter().filter_map(|command| Some(&command.keyed()?.scope))),
        }
    }
}

fn unique<T: Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<HashSet<_>>().into_iter().collect()
}

/// Adds to the books what the commands look up.
pub(super) async fn add(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let wanted = Wanted::by(commands);
    let groups = [wanted.nonces.len(), wanted.orders.len(), wanted.calls.len()];
    let found: Vec<Found> = ask(tx, &LOOK_UP, &groups, |values, places| {
        for place in places.clone() {
            let nonce = wanted.nonces.get(place);
            values.add(nonce.map(|nonce| nonce.key_id.as_str()))?;
            values.add(nonce.map(|nonce| nonce.value.as_str()))?;
        }
        for place in places.clone() {
            let order = wanted.orders.get(place);
            values.add(order.map(|order| order.application_id.to_string()))?;
            values.add(order.map(|order| order.environment.as_str()))?;
            values.add(order.map(|order| order.order_id.as_str()))?;
        }
        for place in places {
            let call = wanted.calls.get(place);
            values.add(call.map(|call| call.application_id.to_string()))?;
            values.add(call.map(|call| call.environment.as_str()))?;
            values.add(call.map(|call| call.operation.to_string()))?;
            values.add(call.map(|call| call.key.as_str()))?;
        }
        Ok(())
    })
    .await?;
    found.into_iter().try_for_each(|found| found.add_to(books))
}

/// A row of the answer: which columns it has depends on what it answers.
#[derive(sqlx::FromRow)]
struct Found {
    kind: i64,
    owner: String,
    name: String,
    environment: Option<String>,
    operation: Option<String>,
    request: Option<String>,
    object_id: Option<String>,
    state: Option<String>,
    answer_sequence: Option<i64>,
    created_at_ms: Option<i64>,
}

impl Found {
    fn add_to(self, books: &mut Books) -> Result<(), StorageError> {
        match self.kind {
            NONCE => {
                books.nonces.insert(NonceId { key_id: self.owner, value: self.name });
            }
            ORDER => {
                let row = RowOf { table: "payments", id: &self.name };
                let order = OrderKey {
                    application_id: row.parse("application_id", &self.owner)?,
                    environment: row.parse("environment", row.some("environment", self.environment.as_deref())?)?,
                    order_id: row.parse("order_id", &self.name)?,
                };
                let id = row.some("id", self.object_id.as_deref())?;
                books.orders.insert(order, status_and_id(id, row.some("status", self.state.as_deref())?)?);
            }
            CALL => {
                let (scope, record) = self.into_call()?;
                books.idempotency.insert(scope, record);
            }
            _ => return Err(RowOf { table: "what was looked up", id: &self.name }.corrupt("kind")),
        }
        Ok(())
    }

    fn into_call(self) -> Result<(IdempotencyScope, IdempotencyRecord), StorageError> {
        let row = RowOf { table: "idempotency", id: &self.name };
        let scope = IdempotencyScope {
            application_id: row.parse("application_id", &self.owner)?,
            environment: row.parse("environment", row.some("environment", self.environment.as_deref())?)?,
            operation: row.parse("operation", row.some("operation", self.operation.as_deref())?)?,
            key: row.parse("idempotency_key", &self.name)?,
        };
        let object_id = row.parse("object_id", row.some("object_id", self.object_id.as_deref())?)?;
        let created_at_ms = row.some("created_at_ms", self.created_at_ms)?;
        let answer = match (self.answer_sequence, self.state) {
            (Some(_), Some(event)) => Some(StoredAnswer::Text(event)),
            (None, None) => None,
            _ => return Err(row.corrupt("answer_sequence")),
        };
        let request = row.some("request", self.request)?;
        Ok((scope, IdempotencyRecord { request, object_id, answer, created_at_ms }))
    }
}
