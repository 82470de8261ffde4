//! The tables `used_jtis` and `revoked_tokens`.

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
