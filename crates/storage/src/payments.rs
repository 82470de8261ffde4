//! Payments as rows: reading them back, finding one and listing them. Only the write lane writes
//! them.

use tallyport_domain::Environment;
use tallyport_domain::Money;
use tallyport_domain::ids::{AppId, PaymentId};
use tallyport_domain::payment::{Description, NewPayment, Payment, PaymentState, PaymentStatus};

use crate::column::{AFTER_EVERY_ID, RowOf};
use crate::on::on;
use crate::{Conn, StorageError};

/// The columns of a [`PaymentRow`], for the list of a `SELECT`.
macro_rules! payment_columns {
    () => {
        "id, application_id, environment, order_id, amount_minor, currency, method, description, status, \
         captured_minor, failure_code, idempotency_key, event_count, created_at_ms, updated_at_ms"
    };
}
pub(crate) use payment_columns;

#[derive(sqlx::FromRow)]
pub(crate) struct PaymentRow {
    id: String,
    application_id: String,
    environment: String,
    order_id: String,
    amount_minor: i64,
    currency: String,
    method: String,
    description: Option<String>,
    status: String,
    captured_minor: i64,
    failure_code: Option<String>,
    idempotency_key: String,
    event_count: i64,
    created_at_ms: i64,
    updated_at_ms: i64,
}

impl PaymentRow {
    pub(crate) fn into_payment(self) -> Result<Payment, StorageError> {
        let row = RowOf { table: "payments", id: &self.id };
        let currency = row.parse("currency", &self.currency)?;
        let status: PaymentStatus = row.parse("status", &self.status)?;
        let state = match (status, self.failure_code.as_deref()) {
            (PaymentStatus::Processing, None) => PaymentState::Processing,
            (PaymentStatus::Captured, None) => {
                PaymentState::Captured { captured: Money::from_minor(self.captured_minor, currency) }
            }
            (PaymentStatus::Failed, Some(code)) => PaymentState::Failed { failure: row.parse("failure_code", code)? },
            _ => return Err(row.corrupt("failure_code")),
        };
        Ok(Payment {
            asked: NewPayment {
                id: row.parse("id", &self.id)?,
                application_id: row.parse("application_id", &self.application_id)?,
                environment: row.parse("environment", &self.environment)?,
                order_id: row.parse("order_id", &self.order_id)?,
                amount: Money::from_minor(self.amount_minor, currency),
                method: row.parse("method", &self.method)?,
                description: self.description.as_deref().map(|text| row.parse("description", text)).transpose()?,
            },
            idempotency_key: row.parse("idempotency_key", &self.idempotency_key)?,
            state,
            event_count: self.event_count,
            created_at_ms: self.created_at_ms,
            updated_at_ms: self.updated_at_ms,
        })
    }
}

/// A payment as the values of its columns.
pub(crate) struct PaymentColumns<'a> {
    pub(crate) id: String,
    pub(crate) application_id: String,
    pub(crate) environment: &'static str,
    pub(crate) order_id: &'a str,
    pub(crate) amount_minor: i64,
    pub(crate) currency: &'static str,
    pub(crate) method: &'static str,
    pub(crate) description: Option<&'a str>,
    pub(crate) status: &'static str,
    pub(crate) captured_minor: i64,
    pub(crate) failure_code: Option<&'static str>,
    pub(crate) idempotency_key: &'a str,
    pub(crate) event_count: i64,
    pub(crate) created_at_ms: i64,
    pub(crate) updated_at_ms: i64,
}

impl<'a> PaymentColumns<'a> {
    pub(crate) fn of(payment: &'a Payment) -> Self {
        let asked = &payment.asked;
        let failure_code = match payment.state {
            PaymentState::Failed { failure } => Some(failure.as_str()),
            PaymentState::Processing | PaymentState::Captured { .. } => None,
        };
        Self {
            id: asked.id.to_string(),
            application_id: asked.application_id.to_string(),
            environment: asked.environment.as_str(),
            order_id: asked.order_id.as_str(),
            amount_minor: asked.amount.minor(),
            currency: asked.amount.currency().code(),
            method: asked.method.as_str(),
            description: asked.description.as_ref().map(Description::as_str),
            status: payment.state.status().as_str(),
            captured_minor: payment.captured().minor(),
            failure_code,
            idempotency_key: payment.idempotency_key.as_str(),
            event_count: payment.event_count,
            created_at_ms: payment.created_at_ms,
            updated_at_ms: payment.updated_at_ms,
        }
    }
}

/// The status of a payment that was loaded by its order, with its id.
pub(crate) fn status_and_id(id: &str, status: &str) -> Result<(PaymentId, PaymentStatus), StorageError> {
    let row = RowOf { table: "payments", id: &id };
    Ok((row.parse("id", id)?, row.parse("status", status)?))
}

const FIND: &str = concat!("SELECT ", payment_columns!(), " FROM payments WHERE id = $1");

/// A payment by its id, whoever it belongs to.
pub async fn find(on: impl Into<Conn<'_>>, id: PaymentId) -> Result<Option<Payment>, StorageError> {
    let mut conn = on.into();
    let row: Option<PaymentRow> =
        on!(conn, |conn| sqlx::query_as::<_, PaymentRow>(FIND).bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(PaymentRow::into_payment).transpose()
}

const LIST: &str = concat!(
    "SELECT ",
    payment_columns!(),
    " FROM payments WHERE application_id = $1 AND environment = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
);

/// An application's payments, newest first, older than `before`.
pub async fn list(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    before: Option<PaymentId>,
    limit: i64,
) -> Result<Vec<Payment>, StorageError> {
    let before = before.map_or_else(|| AFTER_EVERY_ID.to_owned(), |id| id.to_string());
    let mut conn = on.into();
    let rows: Vec<PaymentRow> = on!(conn, |conn| {
        sqlx::query_as::<_, PaymentRow>(LIST)
            .bind(application_id.to_string())
            .bind(environment.as_str())
            .bind(before.as_str())
            .bind(limit)
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(PaymentRow::into_payment).collect()
}
