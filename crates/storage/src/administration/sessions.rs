//! The sessions of one person, as administrators see and end them.

use tallyport_domain::ids::DeveloperId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// A session, without its data.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionOfPersonRecord {
    /// The browser and machine, in words.
    pub device: String,
    /// From where.
    pub network: String,
    /// When it began.
    pub created_at_ms: i64,
    /// When it was last used.
    pub seen_at_ms: i64,
}

/// The sessions that somebody has open, the last used first.
///
/// # Errors
/// When the database refuses.
pub async fn list_sessions(
    on: impl Into<Conn<'_>>,
    id: DeveloperId,
    now_ms: i64,
    limit: u32,
) -> Result<Vec<SessionOfPersonRecord>, StorageError> {
    const LIST: &str = "SELECT device, network, created_at_ms, seen_at_ms FROM sessions \
        WHERE developer_id = $1 AND expires_at_ms > $2 ORDER BY seen_at_ms DESC LIMIT $3";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, SessionOfPersonRecord>(LIST)
        .bind(id.to_string())
        .bind(now_ms)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await)?)
}

/// Ends all of somebody's sessions, and tells how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn end_sessions(tx: &mut Tx, id: DeveloperId) -> Result<u64, StorageError> {
    const END: &str = "DELETE FROM sessions WHERE developer_id = $1";
    on!(tx, |conn| affected(sqlx::query(END).bind(id.to_string()).execute(conn).await))
}
