//! The objects that a worker has to look at.

use tallyport_domain::ids::ObjectId;

use crate::column::RowOf;
use crate::locking::Locking;
use crate::on::{affected, on};
use crate::{StorageError, Tx};

/// An object that nobody else works on for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Which one.
    pub id: ObjectId,
    /// Until when; then it is due again.
    pub until_ms: i64,
}

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

/// Leases up to `limit` objects that are due, until that time. A row that names no object stands for itself alone:
/// the others are leased all the same.
///
/// # Errors
/// When the database refuses.
pub async fn lease_due_work(
    tx: &mut Tx,
    now_ms: i64,
    until_ms: i64,
    limit: i64,
) -> Result<Vec<Result<Lease, StorageError>>, StorageError> {
    const LEASE: Locking = Locking { plain: lease_sql!(""), locking: lease_sql!(" FOR UPDATE SKIP LOCKED") };
    let sql = LEASE.sql(tx.on().dialect());
    let ids: Vec<String> =
        on!(tx, |conn| { sqlx::query_scalar(sql).bind(now_ms).bind(until_ms).bind(limit).fetch_all(conn).await })?;
    let read = |id: &String| RowOf { table: "due_work", id }.parse("object_id", id).map(|id| Lease { id, until_ms });
    Ok(ids.iter().map(read).collect())
}

/// Lets a leased object wait until that time, unless somebody has set another one since it was leased. Says whether
/// it does.
///
/// # Errors
/// When the database refuses.
pub async fn postpone(tx: &mut Tx, lease: Lease, due_at_ms: i64) -> Result<bool, StorageError> {
    const POSTPONE: &str = "UPDATE due_work SET due_at_ms = $3 WHERE object_id = $1 AND due_at_ms = $2";
    let postponed = on!(tx, |conn| affected(
        sqlx::query(POSTPONE).bind(lease.id.to_string()).bind(lease.until_ms).bind(due_at_ms).execute(conn).await
    ))?;
    Ok(postponed == 1)
}

#[cfg(test)]
mod tests {
    use tallyport_domain::ids::PaymentId;

    use super::*;
    use crate::both_databases;
    use crate::test_support::TestDb;

    async fn lease(test: &TestDb, now_ms: i64, until_ms: i64, limit: i64) -> Vec<Result<Lease, StorageError>> {
        let mut tx = test.db.begin_write().await.unwrap();
        let leased = lease_due_work(&mut tx, now_ms, until_ms, limit).await.unwrap();
        tx.commit().await.unwrap();
        leased
    }

    async fn put_off(test: &TestDb, lease: Lease, due_at_ms: i64) -> bool {
        let mut tx = test.db.begin_write().await.unwrap();
        let postponed = postpone(&mut tx, lease, due_at_ms).await.unwrap();
        tx.commit().await.unwrap();
        postponed
    }

    async fn add(test: &TestDb, id: &str, due_at_ms: i64) {
        test.execute(&format!("INSERT INTO due_work (object_id, attempts, due_at_ms) VALUES ('{id}', 0, {due_at_ms})"))
            .await;
    }

    both_databases! {
        async fn row_that_names_no_object_holds_up_nobody(test: TestDb) {
            let ids = [1, 2].map(|number| ObjectId::Payment(PaymentId::from_parts(1, [number; 10])));
            add(test, "nothing", 1).await;
            for id in ids {
                add(test, &id.to_string(), 2).await;
            }
            let (mut leased, unreadable): (Vec<_>, Vec<_>) = lease(test, 5, 100, 10).await.into_iter().partition(Result::is_ok);
            leased.sort_by_key(|lease| lease.as_ref().unwrap().id);
            assert_eq!(leased.into_iter().map(Result::unwrap).collect::<Vec<_>>(), ids.map(|id| Lease { id, until_ms: 100 }));
            assert!(matches!(&unreadable[..], [Err(StorageError::Corrupt { table: "due_work", id, .. })] if id == "nothing"),
                "{unreadable:?}");
            // Leased as well, it does not come first again at once.
            assert_eq!(lease(test, 5, 100, 10).await.len(), 0);
        }

        async fn time_that_was_set_during_a_lease_stands(test: TestDb) {
            let id = ObjectId::Payment(PaymentId::from_parts(1, [1; 10]));
            add(test, &id.to_string(), 1).await;
            let mine = Lease { id, until_ms: 100 };
            assert_eq!(lease(test, 5, 100, 10).await.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [mine]);
            // The lane, or somebody who moved the clock.
            test.execute("UPDATE due_work SET due_at_ms = 7").await;
            assert!(!put_off(test, mine, 1_000).await);
            assert_eq!(test.number("SELECT due_at_ms FROM due_work").await, 7);

            let again = Lease { id, until_ms: 200 };
            assert_eq!(lease(test, 10, 200, 10).await.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [again]);
            assert!(put_off(test, again, 1_000).await);
            assert_eq!(test.number("SELECT due_at_ms FROM due_work").await, 1_000);
        }
    }
}
