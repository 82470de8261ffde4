//! The payments and movements of everybody that nobody knows the outcome of.

use tallyport_domain::movement::Movement;
use tallyport_domain::payment::Payment;

use crate::conn::Conn;
use crate::error::StorageError;
use crate::movements::{MovementRow, movement_columns};
use crate::on::on;
use crate::payments::{PaymentRow, payment_columns};

/// Which rows of a table are unknown.
macro_rules! unknown_of {
    ($table:literal) => {
        concat!(
            " FROM ",
            $table,
            " WHERE status = 'unknown'",
            // By their names, live comes before the sandbox.
            " ORDER BY environment, due_at_ms LIMIT $1"
        )
    };
}

const PAYMENTS: &str = concat!("SELECT ", payment_columns!(), unknown_of!("payments"));
const MOVEMENTS: &str = concat!("SELECT ", movement_columns!(), unknown_of!("movements"));

/// The payments that nobody knows the outcome of, live before the sandbox, those first that are asked
/// about next.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn unknown_payments(on: impl Into<Conn<'_>>, limit: i64) -> Result<Vec<Payment>, StorageError> {
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, PaymentRow>(PAYMENTS).bind(limit).fetch_all(conn).await)?;
    rows.into_iter().map(PaymentRow::into_payment).collect()
}

/// The refunds, top-ups and withdrawals that nobody knows the outcome of, in the same order.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn unknown_movements(on: impl Into<Conn<'_>>, limit: i64) -> Result<Vec<Movement>, StorageError> {
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, MovementRow>(MOVEMENTS).bind(limit).fetch_all(conn).await)?;
    rows.into_iter().map(MovementRow::into_movement).collect()
}

#[cfg(test)]
mod tests {
    use super::{MOVEMENTS, PAYMENTS};
    use crate::both_databases;

    both_databases! {
        async fn unknown_ones_are_found_without_all_others(test: TestDb) {
            for (sql, index) in [(PAYMENTS, "payments_unknown"), (MOVEMENTS, "movements_unknown")] {
                let plan = test.plan(sql).await;
                assert!(plan.contains(index) && !plan.contains("B-TREE") && !plan.contains("Sort"), "{plan}");
            }
        }
    }
}
