//! Databases for tests: a new one for each test, gone with it, on either of the two. Compiled for
//! tests only.

mod postgres;
mod schema;

use std::fs;

use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

use crate::conn::{Conn, Tx};
use crate::db::{Db, DbOptions};
use crate::on::on;
use crate::scratch_folder::ScratchFolder;
use crate::url::DatabaseUrl;
pub use postgres::POSTGRES_VARIABLE;
use postgres::{PostgresDatabase, postgres_url};

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
    Folder { _folder: ScratchFolder },
    Database { _database: Box<PostgresDatabase> },
}

impl TestDb {
    /// A new SQLite file with the whole schema.
    pub async fn sqlite() -> Self {
        Self::sqlite_from(schema::sqlite().await).await
    }

    /// A new PostgreSQL database with the whole schema.
    pub async fn postgres() -> Self {
        Self::postgres_from(schema::postgres().await).await
    }

    /// A new SQLite file without any table.
    pub async fn empty_sqlite() -> Self {
        Self::sqlite_from(&[]).await
    }

    /// A new PostgreSQL database without any table.
    pub async fn empty_postgres() -> Self {
        // The other template may be in use by somebody, and then nobody can copy it.
        Self::postgres_from("template0").await
    }

    async fn sqlite_from(bytes: &[u8]) -> Self {
        let folder = ScratchFolder::create().expect("a temporary folder");
        let path = folder.path().join("test.db");
        fs::write(&path, bytes).expect("a new file");
        Self::open(DatabaseUrl::Sqlite { path }, Kept::Folder { _folder: folder }).await
    }

    async fn postgres_from(template: &str) -> Self {
        let database = PostgresDatabase::create(template).await;
        let url = postgres_url(&database.name);
        Self::open(url, Kept::Database { _database: Box::new(database) }).await
    }

    async fn open(url: DatabaseUrl, kept: Kept) -> Self {
        let db = open(&url).await;
        Self { db, url, _kept: kept }
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

    /// How the database would carry out a statement, a line for each step. What stands in its places is of no account.
    pub async fn plan(&self, sql: &str) -> String {
        let mut reader = self.db.read().await.expect("a connection");
        let steps: Vec<String> = match reader.on() {
            Conn::Sqlite(conn) => {
                let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
                let steps = sqlx::query_as(explain).fetch_all(conn).await.expect("the test's own statement");
                steps.into_iter().map(|(_, _, _, step): (i64, i64, i64, String)| step).collect()
            }
            Conn::Postgres(conn) => {
                let number = |sql: String, place: usize| sql.replace(&format!("${place}"), &format!("'{place}'"));
                let explain = AssertSqlSafe(format!("EXPLAIN {}", (1..=10).rev().fold(sql.to_owned(), number)));
                sqlx::query_scalar(explain).fetch_all(conn).await.expect("the test's own statement")
            }
        };
        steps.join("\n")
    }

    /// The one number that a query of a test returns.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut reader = self.db.read().await.expect("a connection");
        on!(reader, |conn| sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(conn).await).expect("the test's own query")
    }
}

/// A transaction during which the lane of no process can write a command.
pub async fn stall_lanes(db: &Db) -> Tx {
    const LOCK: &str = "LOCK TABLE nonces, payments IN EXCLUSIVE MODE";
    let mut tx = db.begin_write().await.expect("a transaction");
    // On SQLite whoever may write is alone.
    if let Conn::Postgres(conn) = tx.on() {
        sqlx::query(LOCK).execute(conn).await.expect("the tables' locks");
    }
    tx
}

async fn open(url: &DatabaseUrl) -> Db {
    let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
    Db::open(url, &options).await.expect("a new database opens")
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
