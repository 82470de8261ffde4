//! What can go wrong with a statement, the same for both databases. Owns the reading of the
//! drivers' codes, so that nobody above has to know them.

use std::fmt;

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

/// Why a statement or a transaction did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A unique index already holds these values.
    #[error("another row has the same {constraint}")]
    Conflict {
        /// Table and columns, the same text on both databases: `developers(email_key)`.
        constraint: String,
    },
    /// A row fits no state of the domain.
    #[error("corrupt row: {column} of {table} {id}")]
    Corrupt {
        /// The row's table.
        table: &'static str,
        /// What tells the row from the others.
        id: String,
        /// The column that cannot be understood.
        column: &'static str,
    },
    /// A row is not in the state that the change started from.
    #[error("a row of {table} changed meanwhile")]
    Stale {
        /// The row's table.
        table: &'static str,
    },
    /// Somebody else holds what the statement needs; the same call may succeed in a moment.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// The database cannot be reached or cannot write. After a failed commit it is unknown whether
    /// the transaction stands.
    #[error("the database is unavailable")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else is a mistake of ours.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
}

impl StorageError {
    /// A row that fits no state of the domain.
    pub(crate) fn corrupt(table: &'static str, id: &dyn fmt::Display, column: &'static str) -> Self {
        Self::Corrupt { table, id: id.to_string(), column }
    }

    /// Whether this is a conflict on just that constraint, written like `developers(email_key)`.
    #[must_use]
    pub fn is_conflict_on(&self, wanted: &str) -> bool {
        matches!(self, Self::Conflict { constraint } if constraint == wanted)
    }

    /// Whether the cause lies outside of the program, so that the same call may succeed later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Unavailable(_))
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(reported) => match sort(reported.as_ref()) {
                Sort::Conflict(constraint) => Self::Conflict { constraint },
                Sort::Busy => Self::Busy(error),
                Sort::Unavailable => Self::Unavailable(error),
                Sort::Other => Self::Database(error),
            },
            sqlx::Error::PoolTimedOut => Self::Busy(error),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

enum Sort {
    Conflict(String),
    Busy,
    Unavailable,
    Other,
}

fn sort(reported: &dyn DatabaseError) -> Sort {
    if let Some(reported) = reported.try_downcast_ref::<PgDatabaseError>() {
        return match reported.kind() {
            ErrorKind::UniqueViolation => Sort::Conflict(postgres_constraint(reported)),
            _ => sort_sqlstate(reported.code()),
        };
    }
    match reported.kind() {
        ErrorKind::UniqueViolation => Sort::Conflict(sqlite_constraint(reported.message())),
        _ => sort_sqlite(reported.code().and_then(|code| code.parse().ok()).unwrap_or(0)),
    }
}

/// The low byte of SQLite's result code is its kind, <https://www.sqlite.org/rescode.html>.
fn sort_sqlite(code: u32) -> Sort {
    match code & 0xff {
        // BUSY, LOCKED
        5 | 6 => Sort::Busy,
        // NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL
        7..=10 | 13..=15 => Sort::Unavailable,
        _ => Sort::Other,
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn sort_sqlstate(code: &str) -> Sort {
    match code {
        // serialization_failure, deadlock_detected, lock_not_available
        "40001" | "40P01" | "55P03" => Sort::Busy,
        // query_canceled (our own time limit), read_only_sql_transaction (a standby),
        // idle_in_transaction_session_timeout
        "57014" | "25006" | "25P03" => Sort::Unavailable,
        // connection, insufficient resources (disk full too), operator intervention, system error
        code if ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class)) => Sort::Unavailable,
        _ => Sort::Other,
    }
}

/// The detail is `Key (a, b)=(1, 2) already exists.` in the server's language; only the names are
/// taken, the values may be personal.
fn postgres_constraint(reported: &PgDatabaseError) -> String {
    let columns = reported
        .detail()
        .and_then(|detail| detail.split_once('(')?.1.split_once(")=("))
        .map_or_else(|| reported.constraint().unwrap_or_default(), |(columns, _)| columns);
    format!("{}({columns})", reported.table().unwrap_or_default())
}

/// The message is `UNIQUE constraint failed: t.a, t.b`.
fn sqlite_constraint(message: &str) -> String {
    let columns = message.rsplit_once(": ").map_or(message, |(_, columns)| columns);
    let table = columns.split_once('.').map_or("", |(table, _)| table);
    let names = columns.split(", ").map(|column| column.rsplit_once('.').map_or(column, |(_, name)| name));
    format!("{table}({})", names.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_constraint_names_table_and_columns() {
        let message = "UNIQUE constraint failed: payments.application_id, payments.order_id";
        assert_eq!(sqlite_constraint(message), "payments(application_id, order_id)");
    }

    #[test]
    fn full_disk_and_lost_server_are_temporary() {
        assert!(matches!(sort_sqlite(13), Sort::Unavailable));
        assert!(matches!(sort_sqlite(5 | (2 << 8)), Sort::Busy));
        assert!(matches!(sort_sqlite(1), Sort::Other));
        assert!(matches!(sort_sqlstate("53100"), Sort::Unavailable));
        assert!(matches!(sort_sqlstate("57P01"), Sort::Unavailable));
        assert!(matches!(sort_sqlstate("40P01"), Sort::Busy));
        assert!(matches!(sort_sqlstate("42601"), Sort::Other));
    }
}
