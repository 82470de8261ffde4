//! What PostgreSQL knows of the tables that the lane fills.

use crate::on::on;
use crate::{Db, Dialect, StorageError};

/// Lets PostgreSQL look at these tables anew. Its plans are for the sizes that it knows, and its own housekeeping
/// comes by only once a minute: a plan made for empty tables reads all of them for each batch by then.
///
/// # Errors
/// When the database refuses.
pub async fn refresh_statistics(db: &Db) -> Result<(), StorageError> {
    const ANALYZE: &str =
        "ANALYZE payments, movements, idempotency, events, nonces, due_work, accounts, ledger_entries";
    if db.dialect() != Dialect::Postgres {
        return Ok(());
    }
    let mut tx = db.begin_write().await?;
    on!(tx, |conn| sqlx::query(ANALYZE).execute(conn).await.map(|_| ()))?;
    tx.commit().await
}
