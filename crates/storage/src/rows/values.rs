//! The values of a statement, for whichever driver takes them.

use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, Encode, Postgres, Sqlite, Type};

use crate::dialect::Dialect;
use crate::error::StorageError;

/// Values in the order of their places.
pub(crate) enum Values {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

impl Values {
    pub(crate) fn new(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Sqlite => Self::Sqlite(SqliteArguments::default()),
            Dialect::Postgres => Self::Postgres(PgArguments::default()),
        }
    }

    pub(crate) fn add<'v, V>(&mut self, value: V) -> Result<(), StorageError>
    where
        V: Encode<'v, Sqlite> + Type<Sqlite> + Encode<'v, Postgres> + Type<Postgres>,
    {
        let added = match self {
            Self::Sqlite(values) => values.add(value),
            Self::Postgres(values) => values.add(value),
        };
        added.map_err(|error| StorageError::Database(sqlx::Error::Encode(error)))
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Sqlite(values) => values.len(),
            Self::Postgres(values) => values.len(),
        }
    }
}
