//! Connections as the statements see them: a transaction, a reader, or a borrow of either. Owns
//! commit and rollback; knows no table.

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::dialect::Dialect;
use crate::error::StorageError;

/// A transaction. Dropped without [`Tx::commit`], it never was.
#[derive(Debug)]
pub enum Tx {
    /// Of the SQLite file.
    Sqlite(Transaction<'static, Sqlite>),
    /// Of the PostgreSQL server.
    Postgres(Transaction<'static, Postgres>),
}

/// A connection for single reading statements, outside of any transaction.
#[derive(Debug)]
pub enum Reader {
    /// Of the SQLite file; it cannot write.
    Sqlite(PoolConnection<Sqlite>),
    /// Of the PostgreSQL server.
    Postgres(PoolConnection<Postgres>),
}

/// A borrowed connection. Functions that only read take `impl Into<Conn<'_>>`, so they serve
/// inside of a transaction (`&mut tx`) and outside (`&mut reader`).
#[derive(Debug)]
pub enum Conn<'c> {
    /// Of the SQLite file.
    Sqlite(&'c mut SqliteConnection),
    /// Of the PostgreSQL server.
    Postgres(&'c mut PgConnection),
}

impl Tx {
    /// Makes everything that was done in this transaction durable.
    ///
    /// # Errors
    /// When the database refuses. After [`StorageError::Unavailable`] it is unknown whether the
    /// transaction stands: the connection may have been lost after the commit.
    pub async fn commit(self) -> Result<(), StorageError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything that was done in this transaction, and waits for it.
    ///
    /// # Errors
    /// When the connection is gone; the transaction is undone all the same.
    pub async fn rollback(self) -> Result<(), StorageError> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Which of the two databases this is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) fn on(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(tx) => Conn::Sqlite(tx),
            Self::Postgres(tx) => Conn::Postgres(tx),
        }
    }
}

impl Reader {
    pub(crate) fn on(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }
}

impl Conn<'_> {
    pub(crate) fn on(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    pub(crate) const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
}

impl<'c> From<&'c mut Tx> for Conn<'c> {
    fn from(tx: &'c mut Tx) -> Self {
        tx.on()
    }
}

impl<'c> From<&'c mut Reader> for Conn<'c> {
    fn from(reader: &'c mut Reader) -> Self {
        reader.on()
    }
}
