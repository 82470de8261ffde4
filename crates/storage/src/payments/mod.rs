//! Payments as rows: reading them back, finding one and listing them. Only the write lane writes
//! them.

use tallyport_domain::Environment;
use tallyport_domain::ids::{AppId, PaymentId};
use tallyport_domain::payment::{OrderId, Payment, PaymentStatus};

use self::range::Range;
use crate::column::RowOf;
use crate::on::on;
use crate::{Conn, StorageError, sandbox_clocks};

mod range;
mod row;

pub(crate) use row::{PaymentColumns, PaymentRow, payment_columns};

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

/// Which payments a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those that stand so.
    pub status: Option<PaymentStatus>,
    /// Only those of this order.
    pub order_id: Option<OrderId>,
    /// Only those made at this time or later.
    pub created_from_ms: Option<i64>,
    /// Only those made before this time.
    pub created_before_ms: Option<i64>,
}

macro_rules! list {
    ($status:literal) => {
        concat!(
            "SELECT ",
            payment_columns!(),
            " FROM payments WHERE application_id = $1 AND environment = $2 AND id >= $3 AND id < $4 AND ",
            $status,
            " AND created_at_ms >= $7 AND created_at_ms < $8 ORDER BY id DESC LIMIT $9"
        )
    };
}
const LIST: &str = list!("($5 IS NULL OR status = $6)");
/// Those that stand otherwise than nearly all have an index of their own.
const LIST_OF_RARER_STATUS: &str = list!("$5 IS NOT NULL AND status = $6 AND status <> 'captured'");

/// An order has few payments, in one index that which is alive or paid, in another those that came to nothing. As
/// expressions, the columns that are filtered lead through no other index.
macro_rules! of_order {
    ($ended:literal) => {
        concat!(
            "SELECT ",
            payment_columns!(),
            " FROM payments WHERE application_id = $1 AND environment = $2 AND order_id = $10 AND status ",
            $ended,
            " ('canceled', 'failed', 'expired') AND id || '' >= $3 AND id || '' < $4 \
             AND ($5 IS NULL OR status || '' = $6) AND created_at_ms >= $7 AND created_at_ms < $8"
        )
    };
}
const LIST_OF_ORDER: &str = concat!(of_order!("NOT IN"), " UNION ALL ", of_order!("IN"), " ORDER BY id DESC LIMIT $9");

/// An application's payments, newest first, older than `before`.
pub async fn list(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    before: Option<PaymentId>,
    limit: i64,
) -> Result<Vec<Payment>, StorageError> {
    list_filtered(on, application_id, environment, &Filter::default(), before, limit).await
}

/// Those of an application's payments that the filter lets through, newest first, older than `before`.
pub async fn list_filtered(
    on: impl Into<Conn<'_>>,
    application_id: AppId,
    environment: Environment,
    filter: &Filter,
    before: Option<PaymentId>,
    limit: i64,
) -> Result<Vec<Payment>, StorageError> {
    let mut conn = on.into();
    let asks_for_time = filter.created_from_ms.is_some() || filter.created_before_ms.is_some();
    let clock_was_moved = asks_for_time
        && environment == Environment::Sandbox
        && sandbox_clocks::was_moved(conn.on(), application_id).await?;
    let Range { from, below } = Range::of(filter, clock_was_moved, before);
    let status = filter.status.map(PaymentStatus::as_str);
    let order_id = filter.order_id.as_ref().map(OrderId::as_str);
    let sql = match (order_id, filter.status) {
        (Some(_), _) => LIST_OF_ORDER,
        (None, None | Some(PaymentStatus::Captured)) => LIST,
        (None, Some(_)) => LIST_OF_RARER_STATUS,
    };
    let rows = on!(conn, |conn| {
        let mut query = sqlx::query_as::<_, PaymentRow>(sql)
            .bind(application_id.to_string())
            .bind(environment.as_str())
            .bind(from)
            .bind(below)
            .bind(status)
            .bind(status)
            .bind(filter.created_from_ms.unwrap_or(i64::MIN))
            .bind(filter.created_before_ms.unwrap_or(i64::MAX))
            .bind(limit);
        if let Some(order_id) = order_id {
            query = query.bind(order_id);
        }
        query.fetch_all(conn).await
    })?;
    rows.into_iter().map(PaymentRow::into_payment).collect()
}

#[cfg(test)]
mod tests {
    use super::{LIST_OF_ORDER, LIST_OF_RARER_STATUS};
    use crate::both_databases;

    both_databases! {
        async fn orders_payments_are_looked_for_by_the_order(test: TestDb) {
            let plan = test.plan(LIST_OF_ORDER).await;
            assert!(plan.contains("payments_one_per_order") && plan.contains("payments_ended_by_order"), "{plan}");
            assert!(!plan.contains("payments_by_application") && !plan.contains("Seq Scan"), "{plan}");
        }

        async fn whatever_stands_otherwise_than_most_is_looked_for_by_how_it_stands(test: TestDb) {
            let plan = test.plan(LIST_OF_RARER_STATUS).await;
            assert!(plan.contains("payments_by_rarer_status") && !plan.contains("payments_by_application"), "{plan}");
            assert!(!plan.to_lowercase().contains("sort") && !plan.contains("B-TREE"), "in the order of ids: {plan}");
        }
    }
}
