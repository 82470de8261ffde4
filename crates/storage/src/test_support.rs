//! Databases for tests: a new one for each test, gone with it, on either of the two. Compiled for
//! tests only.

use std::env;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use crate::db::{Db, DbOptions};
use crate::migrate;
use crate::on::on;
use crate::url::DatabaseUrl;

/// Holds the URL of a PostgreSQL user who may create databases.
pub const POSTGRES_VARIABLE: &str = "TALLYPORT_TEST_POSTGRES";

/// A database of one test.
#[derive(Debug)]
pub struct TestDb {
    /// The open database.
    pub db: Db,
    /// Where it is, for opening it once more.
    pub url: DatabaseUrl,
    // After `db`, because values are dropped in the order of their fields.
    _kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Folder { _folder: crate::scratch_folder::ScratchFolder },
    Database { _database: Box<PostgresDatabase> },
}

impl TestDb {
    /// A new SQLite file with the whole schema.
    pub async fn sqlite() -> Self {
        Self::empty_sqlite().await.migrated().await
    }

    /// A new PostgreSQL database with the whole schema.
    pub async fn postgres() -> Self {
        Self::empty_postgres().await.migrated().await
    }

    /// A new SQLite file without any table.
    pub async fn empty_sqlite() -> Self {
        let folder = crate::scratch_folder::ScratchFolder::create().expect("a temporary folder");
        let url = DatabaseUrl::Sqlite { path: folder.path().join("test.db") };
        Self::open(url, Kept::Folder { _folder: folder }).await
    }

    /// A new PostgreSQL database without any table.
    pub async fn empty_postgres() -> Self {
        let database = PostgresDatabase::create().await;
        let server = database.admin.clone().database(&database.name);
        let url = DatabaseUrl::Postgres { options: Box::new(server) };
        Self::open(url, Kept::Database { _database: Box::new(database) }).await
    }

    async fn open(url: DatabaseUrl, kept: Kept) -> Self {
        let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
        let db = Db::open(&url, &options).await.expect("a new database opens");
        Self { db, url, _kept: kept }
    }

    async fn migrated(self) -> Self {
        migrate::run(&self.db, 0).await.expect("a new database takes the schema");
        self
    }

    /// The URL for the settings of another process, password and all.
    #[must_use]
    pub fn url_text(&self) -> String {
        match &self.url {
            DatabaseUrl::Postgres { options } => options.to_url_lossy().to_string(),
            url => url.to_string(),
        }
    }

    /// Runs a statement that the crate has no function for, such as one that damages a row.
    pub async fn execute(&self, sql: &str) {
        let mut tx = self.db.begin_write().await.expect("a transaction");
        on!(tx, |conn| conn.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.map(|_| ()))
            .expect("the test's own statement");
        tx.commit().await.expect("a commit");
    }

    /// The one number that a query of a test returns.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut reader = self.db.read().await.expect("a connection");
        on!(reader, |conn| sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await).expect("the test's own query")
    }
}

/// Removed from the server when it is dropped, also by a test that panics.
#[derive(Debug)]
struct PostgresDatabase {
    admin: PgConnectOptions,
    name: String,
}

impl PostgresDatabase {
    async fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tallyport_test_{}_{count}", std::process::id());
        let database = Self { admin: admin_options(), name };
        database.drop_if_there().await;
        // The other template may be in use by somebody, and then nobody can copy it.
        database.run(format!("CREATE DATABASE {} TEMPLATE template0", database.name)).await;
        database
    }

    async fn drop_if_there(&self) {
        self.run(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await;
    }

    async fn run(&self, sql: String) {
        let mut admin = self.admin.connect().await.expect("the test server answers");
        admin.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.expect("the test user may do this");
        admin.close().await.expect("the connection ends well");
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        std::thread::scope(|scope| {
            // The test's own runtime may be the one that is blocked here.
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a small runtime").block_on(self.drop_if_there());
            });
        });
    }
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

/// Makes each function a test on both databases: `name::sqlite` and `name::postgres`. The argument
/// is a `TestDb` with the whole schema, or without any table after the word `empty`.
///
/// ```text
/// both_databases! {
///     async fn address_is_unique(test: TestDb) { … }
///     empty async fn migrations_run_once(test: TestDb) { … }
/// }
/// ```
#[macro_export]
macro_rules! both_databases {
    () => {};
    (async fn $name:ident($test:ident: TestDb) $body:block $($rest:tt)*) => {
        $crate::both_databases!(@test $name $test $body sqlite postgres);
        $crate::both_databases!($($rest)*);
    };
    (empty async fn $name:ident($test:ident: TestDb) $body:block $($rest:tt)*) => {
        $crate::both_databases!(@test $name $test $body empty_sqlite empty_postgres);
        $crate::both_databases!($($rest)*);
    };
    (@test $name:ident $test:ident $body:block $sqlite:ident $postgres:ident) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($test: &$crate::test_support::TestDb) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(&$crate::test_support::TestDb::$sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body(&$crate::test_support::TestDb::$postgres().await).await;
            }
        }
    };
}
