//! Statements over many rows, without a statement per row and without a new text per number of
//! rows. Owns the texts; the binding is done by the macros at the call site, or by whoever fills [`Values`].
//!
//! A text is a template with `{}` where the rows go: one, or several that get as many rows each. After
//! `VALUES` each row stands in parentheses, `VALUES ($1, $2), ($3, $4)`; anywhere else keys stand bare,
//! `IN ($1, $2)`. Rows come in a few fixed numbers, so that a handful of prepared statements serves every batch:
//!
//! - writes are cut into the largest pieces that fit: 125 rows are 96 + 24 + 4 + 1;
//! - reads are filled up with NULL, which equals nothing, to the next number.
//!
//! `{lock}` stands where rows are to be locked: `FOR UPDATE` on PostgreSQL, nothing on SQLite, where whoever writes
//! is alone.

mod asking;
mod together;
mod values;

use std::fmt::Write;
use std::ops::Range;
use std::sync::OnceLock;

pub(crate) use self::asking::ask;
pub(crate) use self::together::Writes;
pub(crate) use self::values::Values;
use crate::dialect::Dialect;

/// Rows per writing statement. Any number below the largest is the sum of at most four of these, and
/// beyond the largest neither database gains.
const WRITE_SIZES: [usize; 14] = [128, 96, 64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1];
/// Keys per reading statement.
const READ_SIZES: [usize; 10] = [1, 2, 4, 8, 16, 24, 32, 64, 128, 256];
const SIZES_MAX: usize = WRITE_SIZES.len();

/// SQLite takes 32,766 values per statement, PostgreSQL 65,535.
const COLUMNS_MAX: usize = 32_766 / 256;

/// The texts of one template; a `static` at the call site.
pub(crate) struct RowTexts {
    template: &'static str,
    /// For each `{}` of the template.
    columns: &'static [usize],
    sqlite: [OnceLock<String>; SIZES_MAX],
    postgres: [OnceLock<String>; SIZES_MAX],
}

/// One statement of several that together cover all rows.
pub(crate) struct Piece {
    pub(crate) sql: &'static str,
    /// Which of the rows.
    pub(crate) rows: Range<usize>,
    /// How many rows the text has places for.
    pub(crate) places: usize,
}

impl RowTexts {
    pub(crate) const fn new(template: &'static str, columns: &'static [usize]) -> Self {
        let (mut all_columns, mut group) = (0, 0);
        while group < columns.len() {
            all_columns += columns[group];
            group += 1;
        }
        assert!(all_columns <= COLUMNS_MAX, "too many columns for the databases' limit of values");
        Self {
            template,
            columns,
            sqlite: [const { OnceLock::new() }; SIZES_MAX],
            postgres: [const { OnceLock::new() }; SIZES_MAX],
        }
    }

    /// The writing statements for so many rows.
    pub(crate) fn writes(&'static self, dialect: Dialect, count: usize) -> impl Iterator<Item = Piece> + Send {
        let mut done = 0;
        std::iter::from_fn(move || {
            let rest = count - done;
            let index = WRITE_SIZES.iter().position(|size| *size <= rest)?;
            let size = WRITE_SIZES[index];
            let rows = done..done + size;
            done += size;
            Some(Piece { sql: self.text(dialect, index, size), rows, places: size })
        })
    }

    /// The reading statements for so many keys.
    pub(crate) fn reads(&'static self, dialect: Dialect, count: usize) -> impl Iterator<Item = Piece> + Send {
        const LARGEST: usize = READ_SIZES.len() - 1;
        let mut done = 0;
        std::iter::from_fn(move || {
            let rest = count - done;
            if rest == 0 {
                return None;
            }
            let index = READ_SIZES.iter().position(|size| *size >= rest).unwrap_or(LARGEST);
            let places = READ_SIZES[index];
            let rows = done..done + places.min(rest);
            done = rows.end;
            Some(Piece { sql: self.text(dialect, index, places), rows, places })
        })
    }

    fn text(&'static self, dialect: Dialect, index: usize, rows: usize) -> &'static str {
        let texts = match dialect {
            Dialect::Sqlite => &self.sqlite,
            Dialect::Postgres => &self.postgres,
        };
        texts[index].get_or_init(|| self.compose(dialect, rows, 0))
    }

    /// The text whose values come after so many others.
    fn compose(&self, dialect: Dialect, rows: usize, values_before: usize) -> String {
        let lock = match dialect {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE",
        };
        let template = self.template.replace("{lock}", lock);
        let mut parts = template.split("{}");
        let mut text = String::from(parts.next().unwrap_or_default());
        let mut number = values_before;
        for (columns, after) in self.columns.iter().zip(parts) {
            let in_parentheses = text.trim_end().ends_with("VALUES");
            assert!(in_parentheses || *columns == 1, "rows of several columns need VALUES");
            assert!(
                *columns == 1 || !text.trim_end().ends_with("IN (VALUES"),
                "SQLite searches for (a, b) IN (VALUES …) without an index: join the keys instead"
            );
            for row in 0..rows {
                text.push_str(if row > 0 { ", " } else { "" });
                text.push_str(if in_parentheses { "(" } else { "" });
                for column in 0..*columns {
                    text.push_str(if column > 0 { ", " } else { "" });
                    number += 1;
                    push_place(&mut text, dialect, number);
                }
                text.push_str(if in_parentheses { ")" } else { "" });
            }
            text.push_str(after);
        }
        text
    }
}

/// SQLite takes `$7` for a name and searches its list of names for every value it binds, which is
/// quadratic; a plain `?` is a number to it.
fn push_place(text: &mut String, dialect: Dialect, number: usize) {
    match dialect {
        Dialect::Sqlite => text.push('?'),
        Dialect::Postgres => write!(text, "${number}").expect("a String takes any text"),
    }
}

/// Writes many rows with a few statements and returns how many rows the database changed. The
/// template is an `INSERT`, or an `UPDATE` that joins the rows:
///
/// ```text
/// write_rows!(tx, entries, "INSERT INTO t (id, n) VALUES {}", |entry| [entry.id.to_string(), entry.n]).await?;
/// write_rows!(tx, changes, "WITH change (id, n) AS (VALUES {}) UPDATE t SET n = change.n \
///     FROM change WHERE t.id = change.id", |change| [change.id.to_string(), change.n]).await?;
/// ```
macro_rules! write_rows {
    ($on:expr, $rows:expr, $template:expr, |$row:ident| [$($value:expr),+ $(,)?]) => {
        async {
            static TEXTS: $crate::rows::RowTexts = $crate::rows::RowTexts::new(
                $template,
                &[[$(stringify!($value)),+].len()],
            );
            let all_rows = &$rows[..];
            let mut conn = $on.on();
            let mut changed = 0;
            for piece in TEXTS.writes(conn.dialect(), all_rows.len()) {
                changed += $crate::on::on!(conn, |conn| {
                    let mut query = sqlx::query(piece.sql);
                    for $row in &all_rows[piece.rows] {
                        query = query$(.bind($value))+;
                    }
                    $crate::on::affected(query.execute(conn).await)
                })?;
            }
            Ok::<u64, $crate::error::StorageError>(changed)
        }
    };
}

/// [`write_rows!`] for a statement that goes to the database together with others: see [`Writes`]. Where a table
/// is named, each row has to change one of its rows.
macro_rules! add_rows {
    ($writes:expr, $rows:expr, $template:expr, |$row:ident| [$($value:expr),+ $(,)?]) => {
        $crate::rows::add_rows!(@expecting None, $writes, $rows, $template, |$row| [$($value),+])
    };
    ($writes:expr, changing $table:literal, $rows:expr, $template:expr, |$row:ident| [$($value:expr),+ $(,)?]) => {
        $crate::rows::add_rows!(@expecting Some($table), $writes, $rows, $template, |$row| [$($value),+])
    };
    (@expecting $table:expr, $writes:expr, $rows:expr, $template:expr, |$row:ident| [$($value:expr),+]) => {{
        static TEXTS: $crate::rows::RowTexts = $crate::rows::RowTexts::new(
            $template,
            &[[$(stringify!($value)),+].len()],
        );
        let all_rows = &$rows[..];
        for piece in TEXTS.writes($writes.dialect(), all_rows.len()) {
            let values = $writes.add(&TEXTS, &piece, $table);
            for $row in &all_rows[piece.rows] {
                $(values.add($value)?;)+
            }
        }
        Ok::<(), $crate::error::StorageError>(())
    }};
}

/// Reads the rows of many keys with a few statements, in no particular order across them. Keys of
/// several columns are joined; SQLite keeps the order of a `CROSS JOIN`, so it searches the table
/// once per key, and PostgreSQL sees an ordinary join. A key that is given twice is then found twice.
///
/// ```text
/// let found: Vec<Row> = select_by_keys!(reader, ids, Row,
///     "SELECT id, n FROM t WHERE id IN ({})", |id| [id.to_string()]).await?;
/// let found: Vec<Row> = select_by_keys!(tx, keys, Row,
///     "WITH wanted (a, b) AS (VALUES {}) SELECT t.a, t.b, t.n FROM wanted CROSS JOIN t \
///     WHERE t.a = wanted.a AND t.b = wanted.b", |key| [key.a, key.b]).await?;
/// ```
macro_rules! select_by_keys {
    ($on:expr, $keys:expr, $record:ty, $template:expr, |$key:ident| [$($value:expr),+ $(,)?]) => {
        async {
            static TEXTS: $crate::rows::RowTexts = $crate::rows::RowTexts::new(
                $template,
                &[[$(stringify!($value)),+].len()],
            );
            let all_keys = &$keys[..];
            let mut conn = $on.on();
            let mut found: Vec<$record> = Vec::with_capacity(all_keys.len());
            for piece in TEXTS.reads(conn.dialect(), all_keys.len()) {
                found.extend($crate::on::on!(conn, |conn| {
                    let mut query = sqlx::query_as::<_, $record>(piece.sql);
                    for place in piece.rows.start..piece.rows.start + piece.places {
                        let real = place < piece.rows.end;
                        let $key = &all_keys[place.min(piece.rows.end - 1)];
                        query = query$(.bind(real.then_some($value)))+;
                    }
                    query.fetch_all(conn).await
                })?);
            }
            Ok::<Vec<$record>, $crate::error::StorageError>(found)
        }
    };
}

/// [`select_by_keys!`] that also locks the rows until the transaction ends. Order the template by
/// the key, and sort the keys: then everybody locks in the same order and nobody waits in a circle.
macro_rules! lock_by_keys {
    ($tx:expr, $keys:expr, $record:ty, $template:expr, |$key:ident| [$($value:expr),+ $(,)?]) => {
        $crate::rows::select_by_keys!($tx, $keys, $record, concat!($template, "{lock}"), |$key| [$($value),+])
    };
}

pub(crate) use {add_rows, lock_by_keys, select_by_keys, write_rows};

#[cfg(test)]
mod tests;
