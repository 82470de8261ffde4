//! Why a database could not be opened, in words that an operator can act on.

use std::io;
use std::path::PathBuf;

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no database, and none was to be made.
    #[error("there is no database at {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder or the file cannot be made or written.
    #[error("cannot write the database file {}: {source}", path.display())]
    NotWritable {
        /// The database file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file is something else.
    #[error("{} is not an SQLite database", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// Another process keeps the file locked.
    #[error("the database {url} is locked by another process")]
    Locked {
        /// Which database, without its password.
        url: String,
    },
    /// The server does not answer, or not to this user.
    #[error("cannot connect to the database {url}: {source}")]
    Unreachable {
        /// Which database, without its password.
        url: String,
        /// What the driver says.
        source: sqlx::Error,
    },
}
