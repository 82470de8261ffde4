//! The table `totp`: the second step at sign-in.

use tallyport_domain::ids::DeveloperId;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// Somebody's second step.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TotpRecord {
    /// The secret that codes follow from, sealed.
    pub sealed_secret: Vec<u8>,
    /// The newest step whose code was used.
    pub last_step: i64,
    /// Since when it counts.
    pub confirmed_at_ms: Option<i64>,
}

impl std::fmt::Debug for TotpRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TotpRecord").field("confirmed_at_ms", &self.confirmed_at_ms).finish_non_exhaustive()
    }
}

/// Keeps a secret that does not count yet. It takes the place of another that does not count; `false`
/// when one counts already.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    tx: &mut Tx,
    developer_id: DeveloperId,
    sealed_secret: &[u8],
    now_ms: i64,
) -> Result<bool, StorageError> {
    const BEGIN: &str = "INSERT INTO totp (developer_id, sealed_secret, last_step, confirmed_at_ms, created_at_ms) \
        VALUES ($1, $2, 0, NULL, $3) ON CONFLICT (developer_id) DO UPDATE \
        SET sealed_secret = excluded.sealed_secret, last_step = 0, created_at_ms = excluded.created_at_ms \
        WHERE totp.confirmed_at_ms IS NULL";
    let begun = on!(tx, |conn| affected(
        sqlx::query(BEGIN).bind(developer_id.to_string()).bind(sealed_secret).bind(now_ms).execute(conn).await
    ))?;
    Ok(begun == 1)
}

/// Finds somebody's second step, confirmed or not.
///
/// # Errors
/// When the database refuses.
pub async fn find(on: impl Into<Conn<'_>>, developer_id: DeveloperId) -> Result<Option<TotpRecord>, StorageError> {
    const FIND: &str = "SELECT sealed_secret, last_step, confirmed_at_ms FROM totp WHERE developer_id = $1";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, TotpRecord>(FIND)
        .bind(developer_id.to_string())
        .fetch_optional(conn)
        .await)?)
}

/// Lets a secret count from now on, whose holder showed the code of a step. `false` when it counts
/// already or is another one by now.
///
/// # Errors
/// When the database refuses.
pub async fn confirm(
    tx: &mut Tx,
    developer_id: DeveloperId,
    sealed_secret: &[u8],
    step: i64,
    now_ms: i64,
) -> Result<bool, StorageError> {
    const CONFIRM: &str = "UPDATE totp SET confirmed_at_ms = $1, last_step = $2 \
        WHERE developer_id = $3 AND sealed_secret = $4 AND confirmed_at_ms IS NULL";
    let confirmed = on!(tx, |conn| affected(
        sqlx::query(CONFIRM)
            .bind(now_ms)
            .bind(step)
            .bind(developer_id.to_string())
            .bind(sealed_secret)
            .execute(conn)
            .await
    ))?;
    Ok(confirmed == 1)
}

/// Uses a step up. Of all who try, one gets it; older steps are gone with it.
///
/// # Errors
/// When the database refuses.
pub async fn use_step(tx: &mut Tx, developer_id: DeveloperId, step: i64) -> Result<bool, StorageError> {
    const USE: &str = "UPDATE totp SET last_step = $1 \
        WHERE developer_id = $2 AND last_step < $1 AND confirmed_at_ms IS NOT NULL";
    let used =
        on!(tx, |conn| affected(sqlx::query(USE).bind(step).bind(developer_id.to_string()).execute(conn).await))?;
    Ok(used == 1)
}

/// Does away with the second step. `false` when there is none.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx, developer_id: DeveloperId) -> Result<bool, StorageError> {
    const DELETE: &str = "DELETE FROM totp WHERE developer_id = $1";
    let gone = on!(tx, |conn| affected(sqlx::query(DELETE).bind(developer_id.to_string()).execute(conn).await))?;
    Ok(gone == 1)
}
