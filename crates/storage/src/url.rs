//! Where the database is: `sqlite:path/to/file.db` or `postgres://…`. Owns the parsing; shows no
//! password in any output.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// A parsed database URL.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file, relative to the working directory or absolute.
    Sqlite {
        /// Where the file is.
        path: PathBuf,
    },
    /// A database of its own that is gone with the last handle to it. It is a file in a temporary
    /// folder, because SQLite's memory databases know neither WAL nor readers beside a writer.
    SqliteScratch,
    /// A PostgreSQL database.
    Postgres {
        /// Host, port, user, password, database and TLS, as the URL says.
        options: Box<PgConnectOptions>,
    },
}

/// Why a text is not a database URL. It never repeats the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    /// Neither of the two databases.
    #[error("a database URL starts with sqlite: or postgres://")]
    UnknownScheme,
    /// `sqlite:` and nothing behind it.
    #[error("sqlite: is followed by the path of the database file, like sqlite:data/tallyport.db")]
    MissingPath,
    /// `?mode=…` and the like would be taken for a part of the file's name.
    #[error("a sqlite: URL takes no options after a question mark")]
    SqliteOptions,
    /// The rest of a PostgreSQL URL is wrong.
    #[error("not a PostgreSQL URL: {reason}")]
    Postgres {
        /// What the driver says about it.
        reason: String,
    },
}

impl DatabaseUrl {
    /// Reads `sqlite:relative.db`, `sqlite:/absolute.db`, `sqlite::memory:`, `postgres://…` or
    /// `postgresql://…`.
    ///
    /// # Errors
    /// When the text is none of these.
    pub fn parse(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        if let Some(rest) = text.strip_prefix("sqlite:") {
            return Self::parse_sqlite(rest.strip_prefix("//").unwrap_or(rest));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return match PgConnectOptions::from_str(text) {
                Ok(options) => Ok(Self::Postgres { options: Box::new(options) }),
                Err(error) => Err(InvalidDatabaseUrl::Postgres { reason: error.to_string() }),
            };
        }
        Err(InvalidDatabaseUrl::UnknownScheme)
    }

    fn parse_sqlite(path: &str) -> Result<Self, InvalidDatabaseUrl> {
        match path {
            "" => Err(InvalidDatabaseUrl::MissingPath),
            ":memory:" => Ok(Self::SqliteScratch),
            path if path.contains('?') => Err(InvalidDatabaseUrl::SqliteOptions),
            path => Ok(Self::Sqlite { path: PathBuf::from(path) }),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        Self::parse(text)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path } => write!(out, "sqlite:{}", path.display()),
            Self::SqliteScratch => out.write_str("sqlite::memory:"),
            Self::Postgres { options } => {
                let database = options.get_database().unwrap_or_else(|| options.get_username());
                let (user, host, port) = (options.get_username(), options.get_host(), options.get_port());
                write!(out, "postgres://{user}@{host}:{port}/{database}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        DatabaseUrl::parse(text).unwrap().to_string()
    }

    #[test]
    fn sqlite_paths_are_read_with_and_without_slashes() {
        assert_eq!(shown("sqlite:data/t.db"), "sqlite:data/t.db");
        assert_eq!(shown("sqlite:/var/t.db"), "sqlite:/var/t.db");
        assert_eq!(shown("sqlite:///var/t.db"), "sqlite:/var/t.db");
        assert_eq!(shown("sqlite::memory:"), "sqlite::memory:");
    }

    #[test]
    fn password_is_never_shown() {
        let text = "postgresql://me:canary-7f@db.example:6543/money?sslmode=disable";
        let url = DatabaseUrl::parse(text).unwrap();
        assert_eq!(url.to_string(), "postgres://me@db.example:6543/money");
        assert!(!format!("{url:?}").contains("canary"));
    }

    #[test]
    fn wrong_urls_are_refused_without_repeating_them() {
        for text in ["", "mysql://me:canary@h/d", "sqlite:", "sqlite:t.db?mode=ro&x=canary"] {
            let error = DatabaseUrl::parse(text).unwrap_err();
            assert!(!error.to_string().contains("canary"), "{error}");
        }
        let error = DatabaseUrl::parse("postgres://me:canary@host:nonsense/d").unwrap_err();
        assert!(matches!(&error, InvalidDatabaseUrl::Postgres { .. }), "{error}");
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
}
