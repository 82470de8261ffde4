use tallyport_storage::migrate::{self, MigrateError};
use tallyport_storage::{Db, DbOptions, both_databases};

both_databases! {
    empty async fn two_who_start_at_once_migrate_once(test: TestDb) {
        let options = DbOptions::default();
        // Each with pools of its own, as two processes have.
        let start = || async {
            let db = Db::open(&test.url, &options).await.unwrap();
            migrate::run(&db, 77).await.unwrap()
        };
        let (one, two) = tokio::join!(start(), start());
        assert_eq!(one.applied.is_empty(), !two.applied.is_empty());
        let status = migrate::status(&test.db).await.unwrap();
        assert!(status.pending.is_empty() && status.newer.is_empty());
        assert_eq!(status.applied, if one.applied.is_empty() { two.applied } else { one.applied });
        assert_eq!(test.number("SELECT min(applied_at_ms) FROM schema_migrations").await, 77);
    }

    empty async fn status_of_an_empty_database_changes_nothing(test: TestDb) {
        let status = migrate::status(&test.db).await.unwrap();
        assert!(status.applied.is_empty() && status.newer.is_empty());
        assert_eq!(status.pending[0].name, "platform");
        assert_eq!(migrate::status(&test.db).await.unwrap(), status);
    }

    async fn newer_database_is_refused(test: TestDb) {
        test.execute("INSERT INTO schema_migrations VALUES (9999, 'from the future', '0', 0)").await;
        let error = migrate::run(&test.db, 0).await.unwrap_err();
        assert!(
            matches!(&error, MigrateError::NewerDatabase { version: 9999, name } if name == "from the future"),
            "{error:?}"
        );
        let status = migrate::status(&test.db).await.unwrap();
        assert_eq!((status.newer[0].version, status.pending.len()), (9999, 0));
    }

    async fn migration_from_another_text_is_refused(test: TestDb) {
        test.execute("UPDATE schema_migrations SET checksum = 'another' WHERE version = 1").await;
        let error = migrate::run(&test.db, 0).await.unwrap_err();
        assert!(matches!(&error, MigrateError::ChecksumMismatch { version: 1, .. }), "{error:?}");
    }

    async fn second_run_has_nothing_to_do(test: TestDb) {
        assert!(migrate::run(&test.db, 0).await.unwrap().applied.is_empty());
    }
}
