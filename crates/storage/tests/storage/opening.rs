use std::fs;

use tallyport_storage::{DatabaseUrl, Db, DbOptions, OpenError, StorageError, both_databases, developers, migrate};

use crate::fixtures::developer;

both_databases! {
    async fn snapshot_does_not_see_later_commits_and_cannot_write(test: TestDb) {
        let mut snapshot = test.db.begin_read().await.unwrap();
        assert_eq!(developers::count_administrators(&mut snapshot).await.unwrap(), 0);
        test.execute(
            "INSERT INTO developers (id, name, email, email_key, password_hash, role, language, created_at_ms) \
             VALUES ('dev_1', 'n', 'e', 'k', 'h', 'administrator', 'en', 1)",
        )
        .await;
        assert_eq!(developers::count_administrators(&mut snapshot).await.unwrap(), 0);
        assert!(developers::insert(&mut snapshot, &developer(1)).await.is_err());
        drop(snapshot);
        let mut reader = test.db.read().await.unwrap();
        assert_eq!(developers::count_administrators(&mut reader).await.unwrap(), 1);
    }

    async fn closed_database_is_unavailable(test: TestDb) {
        test.db.ping().await.unwrap();
        test.db.close().await;
        let error = test.db.ping().await.unwrap_err();
        assert!(matches!(&error, StorageError::Unavailable(_)), "{error:?}");
    }
}

fn sqlite(path: &std::path::Path) -> DatabaseUrl {
    DatabaseUrl::Sqlite { path: path.to_owned() }
}

async fn refused(url: &DatabaseUrl, options: &DbOptions) -> OpenError {
    Db::open(url, options).await.expect_err("this database must not open")
}

#[cfg(unix)]
#[tokio::test]
async fn new_file_and_folder_are_for_this_user_only() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/t.db");
    let db = Db::open(&sqlite(&path), &DbOptions::default()).await.unwrap();
    migrate::run(&db, 0).await.unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&path.with_extension("db-wal")), 0o600);
}

#[tokio::test]
async fn missing_file_is_only_made_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.db");
    let options = DbOptions { create_if_missing: false, ..DbOptions::default() };
    let error = refused(&sqlite(&path), &options).await;
    assert!(matches!(error, OpenError::Missing { .. }), "{error:?}");
    assert!(!path.exists());
}

#[tokio::test]
async fn unusable_paths_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let options = DbOptions::default();
    let file = folder.path().join("file");
    fs::write(&file, "no database at all, but longer than an SQLite header is: ".repeat(20)).unwrap();

    let error = refused(&sqlite(&file), &options).await;
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error:?}");
    let error = refused(&sqlite(&file.join("t.db")), &options).await;
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    let error = refused(&sqlite(folder.path()), &options).await;
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
}

#[tokio::test]
async fn unreachable_server_is_named_without_its_password() {
    let url = DatabaseUrl::parse("postgres://me:canary@127.0.0.1:1/money").unwrap();
    let error = refused(&url, &DbOptions::default()).await;
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("postgres://me@127.0.0.1:1/money"), "{error}");
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn scratch_database_goes_with_its_last_handle() {
    let url = DatabaseUrl::parse("sqlite::memory:").unwrap();
    let one = Db::open(&url, &DbOptions::default()).await.unwrap();
    let other = Db::open(&url, &DbOptions::default()).await.unwrap();
    migrate::run(&one, 0).await.unwrap();
    assert!(migrate::status(&other).await.unwrap().applied.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_make_the_same_new_file_at_once_all_come_up() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite(&folder.path().join("t.db"));
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move {
                    let db = Db::open(&url, &DbOptions::default()).await.unwrap();
                    let applied = migrate::run(&db, 0).await.unwrap().applied.len();
                    db.close().await;
                    applied
                })
            })
            .collect();
        let mut applied = 0;
        for start in starts {
            applied += start.await.unwrap();
        }
        let db = Db::open(&url, &DbOptions::default()).await.unwrap();
        assert_eq!(applied, migrate::status(&db).await.unwrap().applied.len());
    }
}
