//! Connecting to PostgreSQL: what every connection of ours insists on, whatever the server's or the
//! user's defaults are.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, PgPool};

use crate::db::DbOptions;
use crate::open_error::OpenError;
use crate::sqlite::STATEMENTS_CACHED;

/// - A commit that is not on disk must never be answered; stronger settings than `on` are kept.
/// - The write lane counts on locked rows being read in their newest state.
/// - Nothing may stall for ever: not a statement, not a lock, not a transaction whose process died
///   without the server noticing.
/// - A new table has no statistics until the server gets round to them, and a plan made without them
///   reads whole tables as they grow, or joins a handful of wanted keys with a whole index. Every query
///   here has its index and is answered row by row; where there is none, the table is read all the same.
/// - Just-in-time compilation costs more than it gives on queries of a few rows.
const SETTINGS: &str = "
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off';
    SET default_transaction_isolation = 'read committed';
    SET statement_timeout = '30s';
    SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '60s';
    SET enable_seqscan = off;
    SET enable_hashjoin = off;
    SET enable_mergejoin = off;
    SET jit = off";

/// A connection that was idle for longer is asked for a sign of life before it is used. Under load
/// that costs nothing, and after a restart of the server nobody gets a dead connection.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// Connects, and returns the pool.
pub(crate) async fn open(server: &PgConnectOptions, url: &str, options: &DbOptions) -> Result<PgPool, OpenError> {
    let server = server.clone().statement_cache_capacity(STATEMENTS_CACHED);
    try_once(&server, options.acquire_timeout)
        .await
        .map_err(|source| OpenError::Unreachable { url: url.to_owned(), source })?;
    Ok(PgPoolOptions::new()
        .max_connections(options.postgres_connections_max.max(1))
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|conn, usage| {
            Box::pin(async move { Ok(usage.idle_for < TRUSTED_IDLE || conn.ping().await.is_ok()) })
        })
        .after_connect(|conn, _| Box::pin(async move { conn.execute(sqlx::raw_sql(SETTINGS)).await.map(|_| ()) }))
        .connect_lazy_with(server))
}

/// The pool would answer a wrong password or host with a time-out; this tells the reason.
async fn try_once(server: &PgConnectOptions, timeout: Duration) -> Result<(), sqlx::Error> {
    let attempt = async { server.connect().await?.close().await };
    match tokio::time::timeout(timeout, attempt).await {
        Ok(outcome) => outcome,
        Err(_) => {
            let text = "the server does not answer";
            Err(sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, text)))
        }
    }
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use crate::test_support::TestDb;
    use crate::{DatabaseUrl, DbOptions};

    #[tokio::test]
    async fn wanted_keys_are_looked_up_one_by_one_before_there_are_statistics() {
        let test = TestDb::postgres().await;
        let wanted: Vec<String> = (0..256).map(|key| format!("('a', 'sandbox', 'o{key}')")).collect();
        let explain = format!(
            "EXPLAIN WITH wanted (application_id, environment, order_id) AS (VALUES {}) \
             SELECT payments.id FROM wanted CROSS JOIN payments \
             WHERE payments.application_id = wanted.application_id AND payments.environment = wanted.environment \
             AND payments.order_id = wanted.order_id AND payments.status <> 'failed'",
            wanted.join(", ")
        );
        let DatabaseUrl::Postgres { options } = &test.url else { panic!("{:?}", test.url) };
        let pool = super::open(options, "", &DbOptions::default()).await.unwrap();
        let plan: Vec<String> = sqlx::query_scalar(AssertSqlSafe(explain)).fetch_all(&pool).await.unwrap();
        assert!(plan[0].contains("Nested Loop"), "{plan:#?}");
        pool.close().await;
    }

    #[tokio::test]
    async fn commits_are_durable_whatever_the_servers_default() {
        let test = TestDb::empty_postgres().await;
        test.execute(
            "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || \
             ' SET synchronous_commit = off'; END $$",
        )
        .await;
        let DatabaseUrl::Postgres { options } = &test.url else { panic!("{:?}", test.url) };
        let pool = super::open(options, "", &DbOptions::default()).await.unwrap();
        let setting = async |name: &str| -> String {
            let query = sqlx::query_scalar("SELECT current_setting($1)").bind(name);
            query.fetch_one(&pool).await.unwrap()
        };
        assert_eq!(setting("synchronous_commit").await, "on");
        assert_eq!(setting("transaction_isolation").await, "read committed");
        assert_eq!(setting("lock_timeout").await, "10s");
        assert_eq!(setting("statement_timeout").await, "30s");
        pool.close().await;
    }
}
