//! The objects that a worker has to look at.

use tallyport_domain::ids::ObjectId;

use crate::column::RowOf;
use crate::locking::Locking;
use crate::on::{affected, on};
use crate::{StorageError, Tx};

macro_rules! lease_sql {
    ($lock:literal) => {
        concat!(
            "UPDATE due_work SET due_at_ms = $2, attempts = attempts + 1 WHERE object_id IN (",
            "SELECT object_id FROM due_work WHERE due_at_ms <= $1 ORDER BY due_at_ms LIMIT $3",
            $lock,
            ") RETURNING object_id"
        )
    };
}

/// Takes up to `limit` objects that are due and moves them to `leased_until_ms`, so that nobody else
/// works on them meanwhile.
pub async fn lease_due_work(
    tx: &mut Tx,
    now_ms: i64,
    leased_until_ms: i64,
    limit: i64,
) -> Result<Vec<ObjectId>, StorageError> {
    const LEASE: Locking = Locking { plain: lease_sql!(""), locking: lease_sql!(" FOR UPDATE SKIP LOCKED") };
    let sql = LEASE.sql(tx.on().dialect());
    let ids: Vec<String> = on!(tx, |conn| {
        sqlx::query_scalar(sql).bind(now_ms).bind(leased_until_ms).bind(limit).fetch_all(conn).await
    })?;
    ids.iter().map(|id| RowOf { table: "due_work", id: &id }.parse("object_id", id)).collect()
}

/// Lets a leased object wait until that time.
pub async fn postpone(tx: &mut Tx, id: ObjectId, due_at_ms: i64) -> Result<(), StorageError> {
    const POSTPONE: &str = "UPDATE due_work SET due_at_ms = $2 WHERE object_id = $1";
    on!(tx, |conn| affected(sqlx::query(POSTPONE).bind(id.to_string()).bind(due_at_ms).execute(conn).await))?;
    Ok(())
}
