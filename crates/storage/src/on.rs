//! One statement for both databases: `on!` repeats an expression for each driver's types.

use sqlx::postgres::PgQueryResult;
use sqlx::sqlite::SqliteQueryResult;

use crate::error::StorageError;

/// Runs a statement on whatever connection there is: a `Tx`, a `Reader` or a `Conn`, owned or
/// behind `&mut`. The expression is compiled once per driver, so it must have the same type on
/// both; [`affected`] makes it so for statements without rows.
///
/// ```text
/// let row = on!(tx, |conn| sqlx::query_as::<_, Row>(FIND).bind(id).fetch_optional(conn).await)?;
/// let rows = on!(tx, |conn| affected(sqlx::query(SAVE).bind(id).execute(conn).await))?;
/// ```
macro_rules! on {
    ($on:expr, |$conn:ident| $query:expr) => {
        match $on.on() {
            $crate::conn::Conn::Sqlite($conn) => $query,
            $crate::conn::Conn::Postgres($conn) => $query,
        }
    };
}

pub(crate) use on;

/// What a driver says about a statement that returned no rows.
pub(crate) trait Done {
    fn rows_affected(&self) -> u64;
}

impl Done for SqliteQueryResult {
    fn rows_affected(&self) -> u64 {
        self.rows_affected()
    }
}

impl Done for PgQueryResult {
    fn rows_affected(&self) -> u64 {
        self.rows_affected()
    }
}

/// How many rows a statement changed.
pub(crate) fn affected(done: Result<impl Done, sqlx::Error>) -> Result<u64, StorageError> {
    Ok(done?.rows_affected())
}
