//! Sessions of the portal, as the session layer's opaque data under the hash of their id. The id
//! itself is never seen here.

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// SHA-256 of a session's id.
pub type SessionIdHash = [u8; 32];

/// Keeps a new session. `false` when the id is taken: draw another one.
///
/// # Errors
/// When the database refuses.
pub async fn create(
    tx: &mut Tx,
    id_hash: &SessionIdHash,
    data: &str,
    now_ms: i64,
    expires_at_ms: i64,
) -> Result<bool, StorageError> {
    const CREATE: &str = "INSERT INTO sessions \
        (id_hash, data, device, network, created_at_ms, seen_at_ms, expires_at_ms) \
        VALUES ($1, $2, '', '', $3, $3, $4) ON CONFLICT DO NOTHING";
    let created = on!(tx, |conn| affected(
        sqlx::query(CREATE).bind(&id_hash[..]).bind(data).bind(now_ms).bind(expires_at_ms).execute(conn).await
    ))?;
    Ok(created == 1)
}

/// Replaces the data of a session that still exists. `false` when it does not: a session that was
/// ended meanwhile must not come back.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &mut Tx, id_hash: &SessionIdHash, data: &str, expires_at_ms: i64) -> Result<bool, StorageError> {
    const SAVE: &str = "UPDATE sessions SET data = $1, expires_at_ms = $2 WHERE id_hash = $3";
    let saved = on!(tx, |conn| affected(
        sqlx::query(SAVE).bind(data).bind(expires_at_ms).bind(&id_hash[..]).execute(conn).await
    ))?;
    Ok(saved == 1)
}

/// A session that was found.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRecord {
    /// What the session layer gave to keep.
    pub data: String,
    /// When it began; absolute limits count from here.
    pub created_at_ms: i64,
    /// From when on it is not found any more.
    pub expires_at_ms: i64,
}

impl std::fmt::Debug for SessionRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SessionRecord")
            .field("created_at_ms", &self.created_at_ms)
            .field("expires_at_ms", &self.expires_at_ms)
            .finish_non_exhaustive()
    }
}

/// Finds a session that has not expired.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    on: impl Into<Conn<'_>>,
    id_hash: &SessionIdHash,
    now_ms: i64,
) -> Result<Option<SessionRecord>, StorageError> {
    const FIND: &str = "SELECT data, created_at_ms, expires_at_ms FROM sessions \
        WHERE id_hash = $1 AND expires_at_ms > $2";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, SessionRecord>(FIND)
        .bind(&id_hash[..])
        .bind(now_ms)
        .fetch_optional(conn)
        .await)?)
}

/// Ends a session. It is no error when there is none.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx, id_hash: &SessionIdHash) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM sessions WHERE id_hash = $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(&id_hash[..]).execute(conn).await))?;
    Ok(())
}

/// Removes sessions that have expired, at most so many, and tells how many. When it is the limit,
/// there may be more; shorter transactions let others in between.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx, now_ms: i64, limit: u32) -> Result<u64, StorageError> {
    const DELETE_EXPIRED: &str = "DELETE FROM sessions WHERE id_hash IN (\
        SELECT id_hash FROM sessions WHERE expires_at_ms <= $1 ORDER BY expires_at_ms LIMIT $2)";
    on!(tx, |conn| affected(sqlx::query(DELETE_EXPIRED).bind(now_ms).bind(i64::from(limit)).execute(conn).await))
}
