//! The whole schema, made once and copied for each test: a copy takes a fraction of the time that
//! the migrations take.

use std::fs;

use tokio::sync::OnceCell;

use super::postgres::{connect, postgres_url, run};
use super::{TestDb, open};
use crate::migrate;
use crate::url::DatabaseUrl;

/// The bytes of an SQLite file with the schema.
pub(super) async fn sqlite() -> &'static [u8] {
    static BYTES: OnceCell<Vec<u8>> = OnceCell::const_new();
    BYTES.get_or_init(make_sqlite).await
}

async fn make_sqlite() -> Vec<u8> {
    let made = TestDb::empty_sqlite().await;
    migrate::run(&made.db, 0).await.expect("a new database takes the schema");
    // Whoever closes the file last moves all of its log into it.
    made.db.close().await;
    let DatabaseUrl::Sqlite { path } = &made.url else { unreachable!("it was made as a file") };
    fs::read(path).expect("the file is there")
}

/// The name of a PostgreSQL database with the schema. It stays on the server for the next test
/// program, under a name that changes with the migrations.
pub(super) async fn postgres() -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(make_postgres).await
}

async fn make_postgres() -> String {
    let name = format!("tallyport_schema_{}", migrate::fingerprint());
    let mut admin = connect().await;
    // One program makes it. The lock goes with the connection.
    run(&mut admin, "SELECT pg_advisory_lock(8387794209803302)".to_owned()).await;
    let query = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = $1");
    let found: i64 = query.bind(&name).fetch_one(&mut admin).await.expect("the server lists its databases");
    if found == 0 {
        // It takes its name when it is whole.
        let unfinished = format!("{name}_unfinished");
        run(&mut admin, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        run(&mut admin, format!("CREATE DATABASE {unfinished} TEMPLATE template0")).await;
        let db = open(&postgres_url(&unfinished)).await;
        migrate::run(&db, 0).await.expect("a new database takes the schema");
        db.close().await;
        run(&mut admin, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
    }
    name
}
