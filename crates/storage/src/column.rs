//! From a column's text to a type of the domain.

use std::fmt;
use std::str::FromStr;

use crate::error::StorageError;

/// Which row is being read, for the report should it make no sense.
#[derive(Clone, Copy)]
pub(crate) struct RowOf<'a> {
    pub(crate) table: &'static str,
    pub(crate) id: &'a dyn fmt::Display,
}

impl RowOf<'_> {
    /// Reads a column that holds the stable text of an enum, or an id.
    pub(crate) fn parse<T: FromStr>(self, column: &'static str, text: &str) -> Result<T, StorageError> {
        text.parse().map_err(|_| self.corrupt(column))
    }

    /// [`RowOf::parse`] of a column that may be empty.
    pub(crate) fn parse_some<T: FromStr>(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<T>, StorageError> {
        text.map(|text| self.parse(column, text)).transpose()
    }

    /// A column that is empty in other rows, and not in such a one.
    pub(crate) fn some<T>(self, column: &'static str, value: Option<T>) -> Result<T, StorageError> {
        value.ok_or_else(|| self.corrupt(column))
    }

    /// The row makes no sense because of this column.
    pub(crate) fn corrupt(self, column: &'static str) -> StorageError {
        StorageError::corrupt(self.table, self.id, column)
    }
}

/// A list that goes down from the newest id starts before this text: it sorts behind every id.
pub(crate) const AFTER_EVERY_ID: &str = "~";
