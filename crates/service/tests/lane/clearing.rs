//! Clearing away what has had its time.

use tallyport_storage::both_databases;

use crate::process::{BEGINNING_MS, Process};

both_databases! {
    async fn all_that_has_expired_goes_in_one_clearing(test: TestDb) {
        let rows: Vec<String> =
            (0..3_500).map(|number| format!("('ak_1', 'n{number}', {})", BEGINNING_MS - number)).collect();
        test.execute(&format!("INSERT INTO nonces (key_id, nonce, expires_at_ms) VALUES {}", rows.join(", "))).await;
        Process::idle_at(test, 1, BEGINNING_MS).await.services.clear_old_rows().await;
        // The one that expires just now is still kept.
        assert_eq!(test.number("SELECT count(*) FROM nonces").await, 1);
        assert_eq!(test.number("SELECT min(expires_at_ms) FROM nonces").await, BEGINNING_MS);
    }

    async fn what_cannot_be_cleared_keeps_nothing_else(test: TestDb) {
        test.execute("INSERT INTO revoked_tokens (jti, expires_at_ms) VALUES ('t', 0)").await;
        let process = Process::idle_at(test, 1, BEGINNING_MS).await;
        test.execute("ALTER TABLE nonces RENAME TO moved_away").await;
        process.services.clear_old_rows().await;
        assert_eq!(test.number("SELECT count(*) FROM revoked_tokens").await, 0);
    }
}
