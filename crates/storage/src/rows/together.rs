//! Writing statements that belong together. A trip to the database costs as much as a small statement does
//! there: a thread is woken on SQLite, a packet goes over the network on PostgreSQL. So a few small statements
//! go as one: on SQLite behind each other in one text, whose driver tells after each how many rows it changed; on
//! PostgreSQL as the parts of one statement, which it carries out in the order in which it is asked for their
//! counts. Large ones go one by one, because their numbers of rows would make too many different texts together.

use std::fmt::Write;
use std::future::ready;

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Executor as _};

use super::{Piece, RowTexts, Values};
use crate::conn::{Conn, Tx};
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::on::affected;

/// Statements that are yet to be written.
pub(crate) struct Writes {
    dialect: Dialect,
    is_one: bool,
    statements: Vec<Statement>,
    /// One for all statements, or one for each.
    values: Vec<Values>,
}

struct Statement {
    texts: &'static RowTexts,
    sql: &'static str,
    rows: usize,
    values_before: usize,
    /// The table of which it has to change as many rows as it has.
    changing: Option<&'static str>,
}

impl Writes {
    /// `is_one` sends all statements at once.
    pub(crate) const fn new(dialect: Dialect, is_one: bool) -> Self {
        Self { dialect, is_one, statements: Vec::new(), values: Vec::new() }
    }

    pub(crate) const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Adds a statement, and says where its values go.
    pub(crate) fn add(
        &mut self,
        texts: &'static RowTexts,
        piece: &Piece,
        changing: Option<&'static str>,
    ) -> &mut Values {
        if self.values.is_empty() || !self.is_one {
            self.values.push(Values::new(self.dialect));
        }
        let last = self.values.len() - 1;
        let values = &mut self.values[last];
        let (sql, rows, values_before) = (piece.sql, piece.places, values.len());
        self.statements.push(Statement { texts, sql, rows, values_before, changing });
        values
    }

    /// Writes everything.
    ///
    /// # Errors
    /// When the database refuses, or a statement changed other than as many rows as it has.
    pub(crate) async fn send(self, tx: &mut Tx) -> Result<(), StorageError> {
        let Self { dialect, is_one, statements, mut values } = self;
        if !is_one || statements.len() < 2 {
            for (statement, values) in statements.iter().zip(values) {
                let changed = execute(tx, statement.sql, values).await?;
                statement.expect(changed)?;
            }
            return Ok(());
        }
        let Some(values) = values.pop() else { return Ok(()) };
        let counts = count_changes(tx, text(dialect, &statements), values).await?;
        if counts.len() != statements.len() {
            let problem = format!("{} statements were counted as {}", statements.len(), counts.len());
            return Err(StorageError::Database(sqlx::Error::Protocol(problem)));
        }
        for (statement, changed) in statements.iter().zip(counts) {
            statement.expect(changed)?;
        }
        Ok(())
    }
}

impl Statement {
    fn expect(&self, changed: u64) -> Result<(), StorageError> {
        match self.changing {
            Some(table) if changed != self.rows as u64 => Err(StorageError::Stale { table }),
            _ => Ok(()),
        }
    }
}

/// All statements as one text, from which it can be told how many rows each changed.
fn text(dialect: Dialect, statements: &[Statement]) -> String {
    let mut text = String::with_capacity(4096);
    match dialect {
        Dialect::Sqlite => {
            for statement in statements {
                text.push_str(statement.sql);
                text.push_str("; ");
            }
        }
        Dialect::Postgres => {
            let write = "a String takes any text";
            for (number, statement) in statements.iter().enumerate() {
                let sql = statement.texts.compose(dialect, statement.rows, statement.values_before);
                let with = if number == 0 { "WITH" } else { "," };
                write!(text, "{with} part_{number} AS ({sql} RETURNING 1)").expect(write);
            }
            for number in 0..statements.len() {
                let union = if number == 0 { "" } else { " UNION ALL" };
                write!(text, "{union} SELECT count(*) FROM part_{number}").expect(write);
            }
        }
    }
    text
}

async fn execute(tx: &mut Tx, sql: &'static str, values: Values) -> Result<u64, StorageError> {
    match (tx.on(), values) {
        (Conn::Sqlite(conn), Values::Sqlite(values)) => affected(sqlx::query_with(sql, values).execute(conn).await),
        (Conn::Postgres(conn), Values::Postgres(values)) => affected(sqlx::query_with(sql, values).execute(conn).await),
        _ => unreachable!("values are made for the transaction's database"),
    }
}

async fn count_changes(tx: &mut Tx, sql: String, values: Values) -> Result<Vec<u64>, StorageError> {
    let sql = AssertSqlSafe(sql);
    match (tx.on(), values) {
        (Conn::Sqlite(conn), Values::Sqlite(values)) => {
            let told = conn.fetch_many(sqlx::query_with(sql, values));
            let counts = told.try_filter_map(|told| ready(Ok(told.left().map(|done| done.rows_affected()))));
            Ok(counts.try_collect().await?)
        }
        (Conn::Postgres(conn), Values::Postgres(values)) => {
            let counts: Vec<i64> = sqlx::query_scalar_with(sql, values).fetch_all(conn).await?;
            Ok(counts.into_iter().map(|count| u64::try_from(count).unwrap_or(0)).collect())
        }
        _ => unreachable!("values are made for the transaction's database"),
    }
}
