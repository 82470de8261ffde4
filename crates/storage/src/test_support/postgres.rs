//! The PostgreSQL server that tests use, and a database there that goes with its test.

use std::env;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::url::DatabaseUrl;

/// Holds the URL of a PostgreSQL user who may create databases.
pub const POSTGRES_VARIABLE: &str = "TALLYPORT_TEST_POSTGRES";

/// Removed from the server when it is dropped, also by a test that panics.
#[derive(Debug)]
pub(super) struct PostgresDatabase {
    pub(super) name: String,
}

impl PostgresDatabase {
    pub(super) async fn create(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let database = Self { name: format!("tallyport_test_{}_{count}", std::process::id()) };
        let mut admin = connect().await;
        // Left behind by a process of the same number that was killed.
        run(&mut admin, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name)).await;
        let strategy = file_by_file(&admin);
        run(&mut admin, format!("CREATE DATABASE {} TEMPLATE {template} {strategy}", database.name)).await;
        admin.close().await.expect("the connection ends well");
        database
    }

    async fn remove(&self) {
        let mut admin = connect().await;
        run(&mut admin, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        std::thread::scope(|scope| {
            // The test's own runtime may be the one that is blocked here.
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a small runtime").block_on(self.remove());
            });
        });
    }
}

/// Where a database of the test server is.
pub(super) fn postgres_url(name: &str) -> DatabaseUrl {
    DatabaseUrl::Postgres { options: Box::new(admin_options().database(name)) }
}

/// A connection to the test server, to make and remove databases.
pub(super) async fn connect() -> PgConnection {
    admin_options().connect().await.expect("the test server answers")
}

/// A statement that makes or removes a database.
pub(super) async fn run(admin: &mut PgConnection, sql: String) {
    admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect("the test user may do this");
}

/// The way to copy a database that costs least. A server before 15 knows no other, and not its name.
fn file_by_file(admin: &PgConnection) -> &'static str {
    if admin.server_version_num().is_some_and(|version| version >= 150_000) { "STRATEGY FILE_COPY" } else { "" }
}

fn admin_options() -> PgConnectOptions {
    let text = env::var(POSTGRES_VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES_VARIABLE} is not set, so the half of this test that needs PostgreSQL cannot \
             run: use `cargo xtask test storage`, which starts a server for it"
        )
    });
    match DatabaseUrl::parse(&text) {
        Ok(DatabaseUrl::Postgres { options }) => *options,
        _ => panic!("{POSTGRES_VARIABLE} is not the URL of a PostgreSQL server"),
    }
}
