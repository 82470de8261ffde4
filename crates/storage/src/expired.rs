//! The tables whose rows have their time, and the clearing away of those whose time is over: the same for each.

use crate::conn::Tx;
use crate::error::StorageError;
use crate::locking::Locking;
use crate::on::{affected, on};

/// A table whose rows have their time.
#[derive(Debug)]
pub struct Expiring {
    /// The table's name.
    pub table: &'static str,
    /// For how long its rows are kept after their time.
    kept_ms: i64,
    delete: Locking,
}

/// A replayed code or refresh token must be recognised for a while after it expired.
const REPLAYED_MS: i64 = 24 * 60 * 60 * 1000;

macro_rules! delete_sql {
    ($table:literal, $key:literal, $lock:literal) => {
        concat!(
            "WITH expired AS MATERIALIZED (SELECT ",
            $key,
            " FROM ",
            $table,
            " WHERE expires_at_ms < $1 ORDER BY expires_at_ms LIMIT $2",
            $lock,
            ") DELETE FROM ",
            $table,
            " WHERE (",
            $key,
            ") IN (SELECT ",
            $key,
            " FROM expired)"
        )
    };
}

macro_rules! expiring {
    ($($table:literal $key:literal $kept_ms:expr,)+) => {
        &[$(Expiring {
            table: $table,
            kept_ms: $kept_ms,
            delete: Locking {
                plain: delete_sql!($table, $key, ""),
                // What another process clears away at the same time is not waited for.
                locking: delete_sql!($table, $key, " FOR UPDATE SKIP LOCKED"),
            },
        },)+]
    };
}

/// Each of them, by its primary key.
pub const EXPIRING: &[Expiring] = expiring! {
    "nonces" "key_id, nonce" 0,
    "sessions" "id_hash" 0,
    "one_time_links" "token_hash" 0,
    "used_jtis" "issuer, jti" 0,
    "authorization_requests" "id_hash" REPLAYED_MS,
    "authorization_codes" "code_hash" REPLAYED_MS,
    "device_codes" "code_hash" REPLAYED_MS,
    "refresh_tokens" "token_hash" REPLAYED_MS,
    "holder_sessions" "id_hash" REPLAYED_MS,
    "revoked_tokens" "jti" REPLAYED_MS,
};

impl Expiring {
    /// Removes rows whose time is over, the oldest first and at most so many, and tells how many. When it is the
    /// limit, there may be more; short transactions let others in between.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete(&self, tx: &mut Tx, now_ms: i64, limit: u32) -> Result<u64, StorageError> {
        let sql = self.delete.sql(tx.on().dialect());
        let before_ms = now_ms - self.kept_ms;
        on!(tx, |conn| affected(sqlx::query(sql).bind(before_ms).bind(i64::from(limit)).execute(conn).await))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::both_databases;
    use crate::test_support::TestDb;

    const NONCES: i64 = 3_000;

    /// Each expires a millisecond after the one before it.
    async fn add_nonces(test: &TestDb) {
        let rows: Vec<String> =
            (0..NONCES).map(|number| format!("('ak_{}', 'n{number}', {number})", number % 7)).collect();
        test.execute(&format!("INSERT INTO nonces (key_id, nonce, expires_at_ms) VALUES {}", rows.join(", "))).await;
    }

    async fn delete_nonces(test: &TestDb, now_ms: i64, limit: u32) -> u64 {
        let nonces = EXPIRING.iter().find(|expiring| expiring.table == "nonces").unwrap();
        let mut tx = test.db.begin_write().await.unwrap();
        let gone = nonces.delete(&mut tx, now_ms, limit).await.unwrap();
        tx.commit().await.unwrap();
        gone
    }

    both_databases! {
        async fn oldest_rows_go_first_and_no_more_than_the_limit(test: TestDb) {
            add_nonces(test).await;
            for (limit, gone, left_from) in [(1_000, 1_000, 1_000), (700, 700, 1_700), (1_000, 300, 2_000), (1_000, 0, 2_000)] {
                assert_eq!(delete_nonces(test, 2_000, limit).await, gone);
                assert_eq!(test.number("SELECT min(expires_at_ms) FROM nonces").await, left_from);
                assert_eq!(test.number("SELECT count(*) FROM nonces").await, NONCES - left_from);
            }
        }

        async fn rows_are_found_by_their_time_and_removed_by_their_key(test: TestDb) {
            add_nonces(test).await;
            for Expiring { table, delete, .. } in EXPIRING {
                let sql = delete.sql(test.db.dialect()).replace("$1", "2000").replace("$2", "1000");
                let plan = test.plan(&sql).await;
                assert!(plan.contains(&format!("{table}_by_expiry")), "{plan}");
                match test.db.dialect() {
                    crate::Dialect::Sqlite => assert!(!plan.contains(&format!("SCAN {table}")), "{plan}"),
                    crate::Dialect::Postgres => {
                        assert!(plan.contains(&format!("{table}_pkey")) && !plan.contains("Seq Scan"), "{plan}");
                        assert!(plan.contains("Index Cond: ("), "{plan}");
                    }
                }
            }
        }
    }
}
