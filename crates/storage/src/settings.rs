//! The table `settings`: what administrators changed. A setting without a row has its default.

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// Everything that was changed, as name and value.
///
/// # Errors
/// When the database refuses.
pub async fn list(on: impl Into<Conn<'_>>) -> Result<Vec<(String, String)>, StorageError> {
    const LIST: &str = "SELECT name, value FROM settings ORDER BY name";
    let mut conn = on.into();
    Ok(on!(conn, |conn| sqlx::query_as::<_, (String, String)>(LIST).fetch_all(conn).await)?)
}

/// Sets a value in place of the one there was.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut Tx, name: &str, value: &str, now_ms: i64) -> Result<(), StorageError> {
    const SET: &str = "INSERT INTO settings (name, value, updated_at_ms) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at_ms = excluded.updated_at_ms";
    on!(tx, |conn| affected(sqlx::query(SET).bind(name).bind(value).bind(now_ms).execute(conn).await))?;
    Ok(())
}
