//! PostgreSQL plans for the sizes that it knows, so it is told of them.

use tallyport_storage::{Dialect, both_databases, lane};

both_databases! {
    async fn tables_that_the_lane_fills_are_looked_at_anew(test: TestDb) {
        let db = &test.db;
        lane::refresh_statistics(db).await.unwrap();
        if db.dialect() == Dialect::Postgres {
            // Minus one says that nobody has ever looked.
            let unknown = "SELECT count(*) FROM pg_class WHERE reltuples < 0 AND relname IN ('payments', 'movements', \
                'idempotency', 'events', 'nonces', 'due_work', 'accounts', 'ledger_entries')";
            assert_eq!(test.number(unknown).await, 0);
        }
    }
}
