//! The table `idempotency`, as a team reads it: which calls made and changed a payment. Only the write lane
//! writes it.

use tallyport_domain::books::{IdempotencyKey, Operation};
use tallyport_domain::ids::{ObjectId, PaymentId};
use tallyport_domain::payment::Payment;

use crate::column::RowOf;
use crate::on::on;
use crate::{Conn, StorageError};

/// A call that had an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecord {
    /// What was called.
    pub operation: Operation,
    /// Under which key.
    pub idempotency_key: IdempotencyKey,
    /// The body, as it was understood.
    pub request: String,
    /// Which event of the payment shows what was answered; none while the call is under way.
    pub answer_sequence: Option<i64>,
    /// When it came.
    pub created_at_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    operation: String,
    idempotency_key: String,
    request: String,
    answer_sequence: Option<i64>,
    created_at_ms: i64,
}

impl TryFrom<Row> for CallRecord {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let of = RowOf { table: "idempotency", id: &row.idempotency_key };
        Ok(Self {
            operation: of.parse("operation", &row.operation)?,
            idempotency_key: of.parse("idempotency_key", &row.idempotency_key)?,
            request: row.request,
            answer_sequence: row.answer_sequence,
            created_at_ms: row.created_at_ms,
        })
    }
}

/// The first calls that made, captured and canceled a payment, oldest first. Each part is a range of the
/// table's key, so that no index has to be kept for it.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_of_payment(
    on: impl Into<Conn<'_>>,
    payment: &Payment,
    limit: i64,
) -> Result<Vec<CallRecord>, StorageError> {
    const LIST: &str = "SELECT operation, idempotency_key, request, answer_sequence, created_at_ms FROM idempotency \
            WHERE application_id = $1 AND environment = $2 AND operation = $3 AND idempotency_key = $4 AND object_id = $5 \
        UNION ALL \
        SELECT operation, idempotency_key, request, answer_sequence, created_at_ms FROM idempotency \
            WHERE application_id = $1 AND environment = $2 AND operation IN ($6, $7) \
        ORDER BY created_at_ms, operation, idempotency_key LIMIT $8";
    let mut conn = on.into();
    let id: PaymentId = payment.asked.id;
    let rows = on!(conn, |conn| {
        sqlx::query_as::<_, Row>(LIST)
            .bind(payment.asked.application_id.to_string())
            .bind(payment.asked.environment.as_str())
            .bind(Operation::CreatePayment.to_string())
            .bind(payment.idempotency_key.to_string())
            .bind(ObjectId::Payment(id).to_string())
            .bind(Operation::CapturePayment(id).to_string())
            .bind(Operation::CancelPayment(id).to_string())
            .bind(limit)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}
