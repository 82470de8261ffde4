//! Walking a table by its primary key, a page at a time, with the rules that hold for each of its rows.

use super::Fault;
use crate::on::on;
use crate::{Db, StorageError, Tx};

/// [`PAGE`] for texts.
macro_rules! page {
    () => {
        1_000
    };
}

pub(super) use page;

/// Rows that are checked at a time.
const PAGE: i64 = page!();

/// A table with the rules of its rows. Keys are texts, padded to four.
#[derive(Debug)]
pub struct Walk {
    /// The table.
    pub table: &'static str,
    /// How many columns its key has.
    pub(super) keys: usize,
    /// The key of the last row.
    pub(super) last: &'static str,
    /// The keys of the next rows: behind one key, up to another, so many.
    pub(super) next: &'static str,
    pub(super) rules: &'static [Rule],
}

/// A rule, with a query that names where it is broken between two keys.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) text: &'static str,
    pub(super) broken: &'static str,
}

type Key = (String, String, String, String);

/// A walk on its way.
#[derive(Debug)]
pub struct Walker {
    walk: &'static Walk,
    after: Key,
    until: Option<Key>,
}

/// What was found on a page.
#[derive(Debug)]
pub struct Page {
    /// How many rows it has.
    pub rows: i64,
    /// Where they break a rule.
    pub faults: Vec<Fault>,
}

impl Walker {
    /// Begins a walk. What is added behind the last row from now on is not walked, so every walk ends.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin(db: &Db, walk: &'static Walk) -> Result<Self, StorageError> {
        let mut reader = db.read().await?;
        let until = on!(reader, |conn| sqlx::query_as::<_, Key>(walk.last).fetch_optional(conn).await)?;
        Ok(Self { walk, after: Key::default(), until })
    }

    /// Checks the next page; none when the walk is over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn next(&mut self, db: &Db) -> Result<Option<Page>, StorageError> {
        let Some(until) = &self.until else { return Ok(None) };
        let mut snapshot = db.begin_read().await?;
        let keys = self.keys_up_to(&mut snapshot, until).await?;
        let Some(last) = keys.last().cloned() else { return Ok(None) };
        let mut faults = Vec::new();
        for rule in self.walk.rules {
            faults.extend(self.broken(&mut snapshot, rule, &last).await?);
        }
        snapshot.rollback().await?;
        self.after = last;
        Ok(Some(Page { rows: i64::try_from(keys.len()).unwrap_or(i64::MAX), faults }))
    }

    async fn keys_up_to(&self, snapshot: &mut Tx, until: &Key) -> Result<Vec<Key>, StorageError> {
        Ok(on!(snapshot, |conn| {
            let mut query = sqlx::query_as::<_, Key>(self.walk.next);
            for key in self.bounds(until) {
                query = query.bind(key);
            }
            query.bind(PAGE).fetch_all(conn).await
        })?)
    }

    async fn broken(&self, snapshot: &mut Tx, rule: &Rule, last: &Key) -> Result<Vec<Fault>, StorageError> {
        let rows: Vec<(String, String, String)> = on!(snapshot, |conn| {
            let mut query = sqlx::query_as(rule.broken);
            for key in self.bounds(last) {
                query = query.bind(key);
            }
            query.fetch_all(conn).await
        })?;
        let fault =
            |(place, stands, follows)| Fault { rule: rule.text, table: self.walk.table, place, stands, follows };
        Ok(rows.into_iter().map(fault).collect())
    }

    /// The two keys between which a page lies, column by column.
    fn bounds<'k>(&'k self, last: &'k Key) -> impl Iterator<Item = &'k str> {
        columns(&self.after).take(self.walk.keys).chain(columns(last).take(self.walk.keys))
    }
}

fn columns(key: &Key) -> impl Iterator<Item = &str> {
    [&key.0, &key.1, &key.2, &key.3].into_iter().map(String::as_str)
}
