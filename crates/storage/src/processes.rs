//! The table `processes`: who of the servers that share this database is alive.

use tallyport_domain::ids::ProcessId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// Notes a sign of life.
///
/// # Errors
/// When the database refuses.
pub async fn mark_alive(tx: &mut Tx, id: ProcessId, now_ms: i64) -> Result<(), StorageError> {
    const MARK: &str = "INSERT INTO processes (id, seen_at_ms) VALUES ($1, $2) \
        ON CONFLICT (id) DO UPDATE SET seen_at_ms = $2";
    on!(tx, |conn| affected(sqlx::query(MARK).bind(id.to_string()).bind(now_ms).execute(conn).await))?;
    Ok(())
}

/// Forgets processes that were not seen since.
///
/// # Errors
/// When the database refuses.
pub async fn delete_gone(tx: &mut Tx, since_ms: i64) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM processes WHERE seen_at_ms < $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(since_ms).execute(conn).await))?;
    Ok(())
}

/// Forgets one process.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx, id: ProcessId) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM processes WHERE id = $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(id.to_string()).execute(conn).await))?;
    Ok(())
}

/// How many there are.
///
/// # Errors
/// When the database refuses.
pub async fn count(on: impl Into<Conn<'_>>) -> Result<u32, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM processes";
    let mut conn = on.into();
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT).fetch_one(conn).await)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
