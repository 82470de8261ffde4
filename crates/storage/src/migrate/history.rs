//! The table in which a database keeps which migrations it has.

use super::dialect;
use super::list::Migration;
use crate::conn::{Conn, Tx};
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::on::on;
use sqlx::AssertSqlSafe;

const CREATE: &str = "CREATE TABLE schema_migrations (
    version       BIGINT NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    checksum      TEXT   NOT NULL,
    applied_at_ms BIGINT NOT NULL
) STRICT";

#[derive(Debug, sqlx::FromRow)]
pub(super) struct Applied {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) checksum: String,
}

/// Each database has a catalogue of its own. Asking it leaves no error in PostgreSQL's transaction,
/// as reading a missing table would.
pub(super) async fn exists(tx: &mut Tx) -> Result<bool, StorageError> {
    const IN_SQLITE: &str = "SELECT count(*) FROM sqlite_schema \
        WHERE type = 'table' AND name = 'schema_migrations'";
    const IN_POSTGRES: &str = "SELECT count(*) FROM pg_catalog.pg_class \
        WHERE oid = to_regclass('schema_migrations')";
    let mut conn: Conn<'_> = tx.on();
    let sql = match conn.dialect() {
        Dialect::Sqlite => IN_SQLITE,
        Dialect::Postgres => IN_POSTGRES,
    };
    let count = on!(conn, |conn| sqlx::query_scalar::<_, i64>(sql).fetch_one(conn).await)?;
    Ok(count > 0)
}

pub(super) async fn create(tx: &mut Tx) -> Result<(), StorageError> {
    let mut conn = tx.on();
    let sql = dialect::translate(CREATE, conn.dialect());
    on!(conn, |conn| sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.map(|_| ()))?;
    Ok(())
}

pub(super) async fn load(tx: &mut Tx) -> Result<Vec<Applied>, StorageError> {
    const LOAD: &str = "SELECT version, name, checksum FROM schema_migrations ORDER BY version";
    Ok(on!(tx, |conn| sqlx::query_as::<_, Applied>(LOAD).fetch_all(conn).await)?)
}

pub(super) async fn add(tx: &mut Tx, migration: &Migration, now_ms: i64) -> Result<(), StorageError> {
    const ADD: &str = "INSERT INTO schema_migrations (version, name, checksum, applied_at_ms) \
        VALUES ($1, $2, $3, $4)";
    on!(tx, |conn| sqlx::query(ADD)
        .bind(migration.version)
        .bind(migration.name)
        .bind(migration.checksum())
        .bind(now_ms)
        .execute(conn)
        .await
        .map(|_| ()))?;
    Ok(())
}
