//! How many payments were made in a time. There may be millions of them, so whoever asks often asks for the newest.

use tallyport_domain::Environment;
use tallyport_domain::ids::PaymentId;

use crate::conn::Conn;
use crate::error::StorageError;
use crate::on::on;

/// Payments by environment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaymentCount {
    /// Sandbox payments.
    pub sandbox: i64,
    /// Live payments.
    pub live: i64,
}

/// Counts the payments made from a time on: those before the second time, and those since.
///
/// # Errors
/// When the database refuses.
pub async fn count_payments(
    on: impl Into<Conn<'_>>,
    from_ms: i64,
    split_ms: i64,
) -> Result<[PaymentCount; 2], StorageError> {
    // Ids begin with the time they were made at, so the primary key finds the newer ones.
    const COUNT: &str = "SELECT count(CASE WHEN environment = $1 AND id < $3 THEN 1 END), \
        count(CASE WHEN environment = $2 AND id < $3 THEN 1 END), \
        count(CASE WHEN environment = $1 AND id >= $3 THEN 1 END), \
        count(CASE WHEN environment = $2 AND id >= $3 THEN 1 END) FROM payments WHERE id >= $4";
    let mut conn = on.into();
    let [from, split] = [from_ms, split_ms].map(|time_ms| PaymentId::from_parts(time_ms, [0; 10]).to_string());
    let (sandbox_before, live_before, sandbox, live) = on!(conn, |conn| sqlx::query_as(COUNT)
        .bind(Environment::Sandbox.as_str())
        .bind(Environment::Live.as_str())
        .bind(&split)
        .bind(&from)
        .fetch_one(conn)
        .await)?;
    Ok([PaymentCount { sandbox: sandbox_before, live: live_before }, PaymentCount { sandbox, live }])
}
