//! The tables `used_jtis` and `revoked_tokens`, and the clearing away of everything here that has had
//! its time.

use tallyport_domain::ids::GrantId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// Uses up the name of an assertion or a proof. `false` when it was used before: of all who try, one
/// succeeds.
///
/// # Errors
/// When the database refuses.
pub async fn use_jti(tx: &mut Tx, issuer: &str, jti: &str, expires_at_ms: i64) -> Result<bool, StorageError> {
    const USE: &str = "INSERT INTO used_jtis (issuer, jti, expires_at_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let used =
        on!(tx, |conn| affected(sqlx::query(USE).bind(issuer).bind(jti).bind(expires_at_ms).execute(conn).await))?;
    Ok(used == 1)
}

/// Ends one access token before its time.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_token(tx: &mut Tx, jti: &str, expires_at_ms: i64) -> Result<(), StorageError> {
    const REVOKE: &str = "INSERT INTO revoked_tokens (jti, expires_at_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    on!(tx, |conn| affected(sqlx::query(REVOKE).bind(jti).bind(expires_at_ms).execute(conn).await))?;
    Ok(())
}

/// Whether an access token was ended before its time: by itself, or with the grant that it names.
///
/// # Errors
/// When the database refuses.
pub async fn is_revoked(on: impl Into<Conn<'_>>, jti: &str, grant_id: Option<GrantId>) -> Result<bool, StorageError> {
    const COUNT: &str = "SELECT (SELECT count(*) FROM revoked_tokens WHERE jti = $1) \
        + (SELECT count(*) FROM grants WHERE id = $2 AND ended_at_ms IS NOT NULL)";
    let mut conn = on.into();
    let grant_id = grant_id.map(|id| id.to_string()).unwrap_or_default();
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(COUNT).bind(jti).bind(&grant_id).fetch_one(conn).await)?;
    Ok(count > 0)
}

/// Removes what has expired, at most so many rows of each table.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx, now_ms: i64, limit: u32) -> Result<(), StorageError> {
    macro_rules! delete {
        ($($table:literal $key:literal,)+) => {[$(
            concat!(
                "DELETE FROM ", $table, " WHERE ", $key, " IN (SELECT ", $key, " FROM ", $table,
                " WHERE expires_at_ms <= $1 ORDER BY expires_at_ms LIMIT $2)"
            ),
        )+]};
    }
    const DELETES: [&str; 6] = delete! {
        "authorization_requests" "id_hash",
        "authorization_codes" "code_hash",
        "device_codes" "code_hash",
        "refresh_tokens" "token_hash",
        "holder_sessions" "id_hash",
        "revoked_tokens" "jti",
    };
    // A replayed code or refresh token must be recognised for a while after it expired.
    const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
    const DELETE_JTIS: &str = "DELETE FROM used_jtis WHERE expires_at_ms < $1";
    on!(tx, |conn| affected(sqlx::query(DELETE_JTIS).bind(now_ms).execute(conn).await))?;
    for sql in DELETES {
        on!(tx, |conn| affected(sqlx::query(sql).bind(now_ms - KEPT_MS).bind(i64::from(limit)).execute(conn).await))?;
    }
    Ok(())
}
