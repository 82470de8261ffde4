//! Brings a database to the schema that this binary knows. An own small runner, because the schema
//! is one text for two dialects, because a database newer than the binary must be refused, and
//! because several processes may start at once on either database.
//!
//! Everything happens in one transaction under a lock: a database has all of a binary's migrations
//! or none of them.

mod dialect;
mod history;
mod list;

use sqlx::AssertSqlSafe;

use crate::conn::Tx;
use crate::db::Db;
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::on::on;
use history::Applied;
use list::{MIGRATIONS, Migration};

/// A migration's number and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Counts from 1.
    pub version: i64,
    /// What it is about.
    pub name: String,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The migrations of this run; empty when the database was up to date.
    pub applied: Vec<Step>,
}

/// How a database stands to this binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What the database has and the binary knows.
    pub applied: Vec<Step>,
    /// What the binary would do.
    pub pending: Vec<Step>,
    /// What the database has and the binary does not know.
    pub newer: Vec<Step>,
}

/// Why a database was not brought to the binary's schema. It is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer binary has been here.
    #[error(
        "the database has migration {version} ({name}), which this version of Tallyport does not know: use a newer one"
    )]
    NewerDatabase {
        /// The newest migration of the database.
        version: i64,
        /// Its name.
        name: String,
    },
    /// An applied migration is not the one that this binary holds.
    #[error("migration {version} ({name}) was applied from a different text")]
    ChecksumMismatch {
        /// The migration's number.
        version: i64,
        /// The migration's name in this binary.
        name: String,
    },
    /// The database refused.
    #[error("migrating the database failed: {0}")]
    Database(#[from] StorageError),
}

impl From<sqlx::Error> for MigrateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Applies what is missing. Processes that start at once wait for each other.
///
/// # Errors
/// When the database is newer than the binary, was made from other texts, or refuses.
pub async fn run(db: &Db, now_ms: i64) -> Result<Report, MigrateError> {
    let mut tx = db.begin_write().await?;
    take_lock(&mut tx).await?;
    if !history::exists(&mut tx).await? {
        history::create(&mut tx).await?;
    }
    let pending = compare(&history::load(&mut tx).await?)?;
    for migration in &pending {
        let sql = dialect::translate(migration.sql, db.dialect());
        on!(tx, |conn| sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.map(|_| ()))?;
        history::add(&mut tx, migration, now_ms).await?;
    }
    tx.commit().await?;
    Ok(Report { applied: pending.into_iter().map(Step::from).collect() })
}

/// Tells what [`run`] would do, and changes nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn status(db: &Db) -> Result<Status, StorageError> {
    let mut tx = db.begin_read().await?;
    let applied = match history::exists(&mut tx).await? {
        true => history::load(&mut tx).await?,
        false => Vec::new(),
    };
    let (known, newer): (Vec<_>, Vec<_>) = applied.into_iter().partition(|row| row.version <= newest_known());
    let pending = MIGRATIONS.iter().filter(|known_here| !has(&known, known_here.version));
    Ok(Status {
        pending: pending.map(Step::from).collect(),
        applied: known.into_iter().map(Step::from).collect(),
        newer: newer.into_iter().map(Step::from).collect(),
    })
}

/// Which migrations are missing, when what is there is what this binary would have done.
fn compare(applied: &[Applied]) -> Result<Vec<&'static Migration>, MigrateError> {
    if let Some(newest) = applied.last().filter(|newest| newest.version > newest_known()) {
        let (version, name) = (newest.version, newest.name.clone());
        return Err(MigrateError::NewerDatabase { version, name });
    }
    for migration in MIGRATIONS {
        let row = applied.iter().find(|row| row.version == migration.version);
        if row.is_some_and(|row| row.checksum != migration.checksum()) {
            let (version, name) = (migration.version, migration.name.to_owned());
            return Err(MigrateError::ChecksumMismatch { version, name });
        }
    }
    Ok(MIGRATIONS.iter().filter(|known| !has(applied, known.version)).collect())
}

fn has(applied: &[Applied], version: i64) -> bool {
    applied.iter().any(|row| row.version == version)
}

/// One word for the whole schema.
#[cfg(any(test, feature = "test-support"))]
pub(crate) fn fingerprint() -> String {
    list::checksum(&MIGRATIONS.iter().map(Migration::checksum).collect::<String>())
}

fn newest_known() -> i64 {
    MIGRATIONS.last().map_or(0, |newest| newest.version)
}

/// Lets one process at a time past, until the transaction ends: for migrations, and for whatever
/// else is made once per database when processes start.
///
/// SQLite's writing transaction is alone already. On PostgreSQL the lock goes with the transaction,
/// however that ends; whoever waits for it may wait longer than a statement of a request may.
pub async fn take_lock(tx: &mut Tx) -> Result<(), StorageError> {
    const LOCK: &str = "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \
        SELECT pg_advisory_xact_lock(8387794209803301)";
    let mut conn = tx.on();
    if conn.dialect() == Dialect::Postgres {
        on!(conn, |conn| sqlx::raw_sql(LOCK).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

impl From<&Migration> for Step {
    fn from(migration: &Migration) -> Self {
        Self { version: migration.version, name: migration.name.to_owned() }
    }
}

impl From<Applied> for Step {
    fn from(row: Applied) -> Self {
        Self { version: row.version, name: row.name }
    }
}
