//! Row locks. PostgreSQL needs `FOR UPDATE`; SQLite's writing transaction is alone anyway.

use crate::dialect::Dialect;

/// A query that locks the rows it finds, in the order in which it finds them: order it by id. Both
/// texts are made at compile time, from one literal.
#[derive(Debug)]
pub(crate) struct Locking {
    pub(crate) plain: &'static str,
    pub(crate) locking: &'static str,
}

impl Locking {
    /// The text for the database at hand.
    pub(crate) const fn sql(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.plain,
            Dialect::Postgres => self.locking,
        }
    }
}
