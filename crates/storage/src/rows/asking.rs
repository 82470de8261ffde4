//! Reading statements that ask for several kinds of keys at once, each kind in a group of places of its own.

use std::ops::Range;

use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::{RowTexts, Values};
use crate::conn::{Conn, Tx};
use crate::error::StorageError;

/// Asks for groups of so many keys. `fill` adds the values for these places of every group, and NULL where a group has
/// no more.
pub(crate) async fn ask<R>(
    tx: &mut Tx,
    texts: &'static RowTexts,
    groups: &[usize],
    fill: impl Fn(&mut Values, Range<usize>) -> Result<(), StorageError>,
) -> Result<Vec<R>, StorageError>
where
    R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    let most = groups.iter().copied().max().unwrap_or(0);
    let mut found = Vec::new();
    for piece in texts.reads(tx.dialect(), most) {
        let mut values = Values::new(tx.dialect());
        fill(&mut values, piece.rows.start..piece.rows.start + piece.places)?;
        found.extend(match (tx.on(), values) {
            (Conn::Sqlite(conn), Values::Sqlite(values)) => {
                sqlx::query_as_with(piece.sql, values).fetch_all(conn).await
            }
            (Conn::Postgres(conn), Values::Postgres(values)) => {
                sqlx::query_as_with(piece.sql, values).fetch_all(conn).await
            }
            _ => unreachable!("values are made for the transaction's database"),
        }?);
    }
    Ok(found)
}
