//! The open database: pools of connections, and the ways to get one of them. Knows no table.

use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};

use crate::conn::{Reader, Tx};
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::on::on;
use crate::open_error::OpenError;
use crate::scratch_folder::ScratchFolder;
use crate::url::DatabaseUrl;
use crate::{postgres, sqlite};

/// How to open a database.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// Whether an SQLite file that does not exist is made.
    pub create_if_missing: bool,
    /// How many connections read from an SQLite file beside the one that writes.
    pub sqlite_readers_max: u32,
    /// How many connections to PostgreSQL one process keeps.
    pub postgres_connections_max: u32,
    /// How long to wait for a free connection, and at the start for the server, before giving up.
    pub acquire_timeout: Duration,
}

impl Default for DbOptions {
    fn default() -> Self {
        Self {
            create_if_missing: true,
            sqlite_readers_max: 4,
            postgres_connections_max: 16,
            acquire_timeout: Duration::from_secs(5),
        }
    }
}

/// An open database; clones share its connections.
#[derive(Debug, Clone)]
pub struct Db(Pools);

#[derive(Debug, Clone)]
enum Pools {
    Sqlite {
        /// One connection: writers queue here, fairly, rather than at the file's lock.
        writer: SqlitePool,
        readers: SqlitePool,
        /// Removed with the last clone.
        _scratch: Option<Arc<ScratchFolder>>,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens the database. An SQLite file and its folder are made, readable by this user only.
    ///
    /// # Errors
    /// When there is no such database or this process cannot use it.
    pub async fn open(url: &DatabaseUrl, options: &DbOptions) -> Result<Self, OpenError> {
        match url {
            DatabaseUrl::Sqlite { path } => {
                let (writer, readers) = sqlite::open(path, options).await?;
                Ok(Self(Pools::Sqlite { writer, readers, _scratch: None }))
            }
            DatabaseUrl::SqliteScratch => {
                let scratch = ScratchFolder::create()
                    .map_err(|source| OpenError::NotWritable { path: std::env::temp_dir(), source })?;
                let path = scratch.path().join("tallyport.db");
                let (writer, readers) = sqlite::open(&path, options).await?;
                Ok(Self(Pools::Sqlite { writer, readers, _scratch: Some(Arc::new(scratch)) }))
            }
            DatabaseUrl::Postgres { options: server } => {
                let pool = postgres::open(server, &url.to_string(), options).await?;
                Ok(Self(Pools::Postgres(pool)))
            }
        }
    }

    /// The same database for a thread with a runtime of its own. A connection to PostgreSQL is woken by the runtime
    /// that opened it, so this handle opens its own, so many at most; those to SQLite are woken by nobody's.
    #[must_use]
    pub fn for_own_runtime(&self, postgres_connections_max: u32) -> Self {
        match &self.0 {
            Pools::Sqlite { .. } => self.clone(),
            Pools::Postgres(pool) => {
                let options = pool.options().clone().max_connections(postgres_connections_max);
                Self(Pools::Postgres(options.connect_lazy_with(pool.connect_options().as_ref().clone())))
            }
        }
    }

    /// Which of the two databases this is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match &self.0 {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Begins a transaction that may write. On SQLite it is the only one until it ends, so that
    /// what it reads stays true.
    ///
    /// # Errors
    /// When the database is busy or gone.
    pub async fn begin_write(&self) -> Result<Tx, StorageError> {
        match &self.0 {
            // A transaction that begins as a reader may not become a writer when somebody else
            // wrote in between; this one is a writer from the start.
            Pools::Sqlite { writer, .. } => Ok(Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)),
            Pools::Postgres(pool) => Ok(Tx::Postgres(pool.begin().await?)),
        }
    }

    /// Begins a transaction that sees one unchanging state of the database and cannot write.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn begin_read(&self) -> Result<Tx, StorageError> {
        match &self.0 {
            Pools::Sqlite { readers, .. } => Ok(Tx::Sqlite(readers.begin().await?)),
            Pools::Postgres(pool) => {
                const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Tx::Postgres(pool.begin_with(SNAPSHOT).await?))
            }
        }
    }

    /// [`Self::begin_read`] for statements that take longer the larger the book is.
    ///
    /// # Errors
    /// When the database is gone.
    pub async fn begin_long_read(&self) -> Result<Tx, StorageError> {
        let mut tx = self.begin_read().await?;
        if let Tx::Postgres(tx) = &mut tx {
            sqlx::raw_sql("SET LOCAL statement_timeout = 0").execute(&mut **tx).await?;
        }
        Ok(tx)
    }

    /// A connection for reading statements that do not depend on each other.
    ///
    /// # Errors
    /// When the database is gone, or all connections are in use for too long.
    pub async fn read(&self) -> Result<Reader, StorageError> {
        match &self.0 {
            Pools::Sqlite { readers, .. } => Ok(Reader::Sqlite(readers.acquire().await?)),
            Pools::Postgres(pool) => Ok(Reader::Postgres(pool.acquire().await?)),
        }
    }

    /// Copies the log that SQLite writes ahead into its file, as far as nobody reads from before. Whoever writes goes
    /// on meanwhile. PostgreSQL does the like by itself.
    ///
    /// # Errors
    /// When the disk fails, or all connections are in use for too long.
    pub async fn copy_log(&self) -> Result<(), StorageError> {
        if let Pools::Sqlite { readers, .. } = &self.0 {
            let mut reader = readers.acquire().await?;
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(&mut *reader).await?;
        }
        Ok(())
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// When there is none.
    pub async fn ping(&self) -> Result<(), StorageError> {
        const PING: &str = "SELECT 1 FROM (VALUES (1)) AS one";
        let mut reader = self.read().await?;
        on!(reader, |conn| sqlx::query(PING).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Waits for the connections in use, then closes all of them.
    pub async fn close(&self) {
        match &self.0 {
            // The writer goes last: whoever closes an SQLite file last tidies its log away, and
            // readers cannot write.
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::metadata;

    use crate::conn::{Conn, Tx};
    use crate::on::on;
    use crate::test_support::TestDb;
    use crate::url::DatabaseUrl;

    const TABLE: &str = "CREATE TABLE pages (filler BLOB NOT NULL)";
    const FILL: &str = "INSERT INTO pages (filler) VALUES (zeroblob(500000))";
    const COUNT: &str = "SELECT count(*) FROM pages";

    fn file_bytes(test: &TestDb) -> u64 {
        let DatabaseUrl::Sqlite { path } = &test.url else { panic!("{} is no file", test.url) };
        metadata(path).unwrap().len()
    }

    async fn count(on: impl Into<Conn<'_>>) -> i64 {
        let mut conn = on.into();
        on!(conn, |conn| sqlx::query_scalar(COUNT).fetch_one(conn).await).unwrap()
    }

    #[tokio::test]
    async fn log_is_copied_beside_those_who_read_and_write() {
        let test = TestDb::empty_sqlite().await;
        test.execute(TABLE).await;
        test.execute(FILL).await;
        assert!(file_bytes(&test) < 500_000, "copied before: {}", file_bytes(&test));
        test.db.copy_log().await.unwrap();
        assert!(file_bytes(&test) > 500_000, "not copied: {}", file_bytes(&test));

        let mut reading = test.db.begin_read().await.unwrap();
        assert_eq!(count(&mut reading).await, 1);
        test.execute(FILL).await;
        let writing = test.db.begin_write().await.unwrap();
        test.db.copy_log().await.unwrap();
        writing.commit().await.unwrap();
        assert_eq!(count(&mut reading).await, 1);
        assert!(file_bytes(&test) < 1_000_000, "copied over what somebody reads: {}", file_bytes(&test));

        reading.rollback().await.unwrap();
        test.db.copy_log().await.unwrap();
        assert!(file_bytes(&test) > 1_000_000, "not copied: {}", file_bytes(&test));
        assert_eq!(test.number(COUNT).await, 2);
    }

    #[tokio::test]
    async fn only_long_reads_may_take_as_long_as_they_need() {
        const LIMIT: &str = "SELECT current_setting('statement_timeout')";
        let test = TestDb::empty_postgres().await;
        let limit_of = async |mut tx: Tx| -> String {
            let mut conn = tx.on();
            on!(conn, |conn| sqlx::query_scalar(LIMIT).fetch_one(conn).await).unwrap()
        };
        assert_eq!(limit_of(test.db.begin_long_read().await.unwrap()).await, "0");
        assert_eq!(limit_of(test.db.begin_read().await.unwrap()).await, "30s");
    }

    #[tokio::test]
    async fn database_without_such_a_log_has_nothing_to_copy() {
        TestDb::empty_postgres().await.db.copy_log().await.unwrap();
    }
}
