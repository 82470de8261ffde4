//! How much of a table a page of a walk reads.

use sqlx::AssertSqlSafe;

use super::WALKS;
use crate::conn::Conn;
use crate::test_support::TestDb;

const EVENTS: &str = "INSERT INTO events (application_id, environment, id, object_id, sequence, type, body, \
    created_at_ms) SELECT 'a', 'sandbox', to_char(n, 'FM00000'), 'o' || n, 1, 't', '{}', 0 \
    FROM generate_series(1, 20000) AS n";
const CALLS: &str = "INSERT INTO idempotency (application_id, environment, operation, idempotency_key, request, \
    object_id, created_at_ms) SELECT 'a', 'sandbox', 'o', to_char(n, 'FM00000'), 'r', 'p' || n, 0 \
    FROM generate_series(1, 20000) AS n";

/// PostgreSQL's pages that a walk reads of a table and its index, for the thousand rows up to a key of the first
/// column's only value.
async fn pages_read(test: &TestDb, table: &str, after: &[&str], last: &[&str]) -> u64 {
    let walk = WALKS.iter().find(|walk| walk.table == table).expect("a table that is walked");
    let explain = format!("EXPLAIN (ANALYZE, BUFFERS) {}", walk.rules[0].broken);
    let mut query = sqlx::query_scalar(AssertSqlSafe(explain));
    for key in after.iter().chain(last) {
        query = query.bind(*key);
    }
    let mut reader = test.db.read().await.unwrap();
    let Conn::Postgres(conn) = reader.on() else { panic!("not PostgreSQL") };
    let plan: Vec<String> = query.fetch_all(conn).await.unwrap();
    let index = format!("{table}_pkey");
    let scan = plan.iter().position(|line| line.contains(&index)).expect("a scan by the key");
    let pages = plan[scan..].iter().find(|line| line.contains("Buffers:")).expect("a count of pages");
    pages.split(['=', ' ']).filter_map(|word| word.parse::<u64>().ok()).sum()
}

#[tokio::test]
async fn a_page_reads_its_own_rows_and_not_those_behind_it() {
    let test = TestDb::postgres().await;
    test.execute(EVENTS).await;
    test.execute(CALLS).await;
    // As the database does by itself in time, and the lane asks it to.
    test.execute("ANALYZE events, idempotency").await;
    let events = pages_read(&test, "events", &["a", "sandbox", ""], &["a", "sandbox", "01000"]);
    let calls = pages_read(&test, "idempotency", &["a", "sandbox", "o", ""], &["a", "sandbox", "o", "01000"]);
    for (table, pages) in [("events", events.await), ("idempotency", calls.await)] {
        let in_index = test.number(&format!("SELECT pg_relation_size('{table}_pkey') / 8192")).await;
        let in_index = u64::try_from(in_index).unwrap();
        assert!(in_index > 50 && pages < in_index / 2, "{table}: {pages} pages, and the index has {in_index}");
    }
}
