//! The table `recovery_codes`: codes for whoever has lost the device of the second step.

use tallyport_domain::ids::DeveloperId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// SHA-256 of a code.
pub type CodeHash = [u8; 32];

/// Replaces somebody's codes.
///
/// # Errors
/// When the database refuses.
pub async fn replace(
    tx: &mut Tx,
    developer_id: DeveloperId,
    hashes: &[CodeHash],
    now_ms: i64,
) -> Result<(), StorageError> {
    const ADD: &str =
        "INSERT INTO recovery_codes (developer_id, code_hash, created_at_ms, used_at_ms) VALUES ($1, $2, $3, NULL)";
    delete_all(tx, developer_id).await?;
    for hash in hashes {
        on!(tx, |conn| affected(
            sqlx::query(ADD).bind(developer_id.to_string()).bind(&hash[..]).bind(now_ms).execute(conn).await
        ))?;
    }
    Ok(())
}

/// Uses a code up. Of all who try, one succeeds.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx, developer_id: DeveloperId, hash: &CodeHash, now_ms: i64) -> Result<bool, StorageError> {
    const TAKE: &str = "UPDATE recovery_codes SET used_at_ms = $1 \
        WHERE developer_id = $2 AND code_hash = $3 AND used_at_ms IS NULL";
    let taken = on!(tx, |conn| affected(
        sqlx::query(TAKE).bind(now_ms).bind(developer_id.to_string()).bind(&hash[..]).execute(conn).await
    ))?;
    Ok(taken == 1)
}

/// How many codes are left.
///
/// # Errors
/// When the database refuses.
pub async fn count_unused(on: impl Into<Conn<'_>>, developer_id: DeveloperId) -> Result<u64, StorageError> {
    const COUNT: &str = "SELECT count(*) FROM recovery_codes WHERE developer_id = $1 AND used_at_ms IS NULL";
    let mut conn = on.into();
    let count =
        on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT).bind(developer_id.to_string()).fetch_one(conn).await)?;
    Ok(count.unsigned_abs())
}

/// Does away with somebody's codes.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all(tx: &mut Tx, developer_id: DeveloperId) -> Result<(), StorageError> {
    const DELETE: &str = "DELETE FROM recovery_codes WHERE developer_id = $1";
    on!(tx, |conn| affected(sqlx::query(DELETE).bind(developer_id.to_string()).execute(conn).await))?;
    Ok(())
}
