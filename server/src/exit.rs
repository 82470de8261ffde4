//! How the program ends: one exit code for each kind of failure and one line that says what to do.
//!
//! Owns the table of exit codes. It must not print anything but that line, and never a secret:
//! whoever makes a [`Failure`] keeps passwords out of its text.

use std::fmt;

/// A way to end. Scripts and service managers may rely on the numbers, so they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Something failed that no other code names.
    Unexpected,
    /// A setting is unknown or its value is wrong, wherever it was given.
    Setting,
    /// The settings file cannot be read or is not TOML.
    SettingsFile,
    /// The address cannot be listened on, most often because another program has the port.
    Address,
    /// The data folder cannot be made or written.
    DataFolder,
    /// The database URL is not one of the two forms.
    DatabaseUrl,
    /// The database did not answer.
    DatabaseUnreachable,
    /// A newer Tallyport has migrated the database; this binary must not touch it.
    DatabaseNewer,
    /// A migration failed; the database is as it was before that migration.
    MigrationFailed,
    /// `migrate --check` found migrations that have not run.
    MigrationsPending,
    /// The TLS certificate or its key cannot be used.
    Certificate,
    /// The key-encryption key cannot be read or is not 32 bytes.
    EncryptionKey,
    /// The built portal files are missing or incomplete.
    Site,
    /// A command was understood and refused; nothing was changed.
    Refused,
    /// `audit verify` found an entry that is missing, changed or out of place.
    AuditBroken,
    /// `verify` found something in the books that is not as their rules say.
    BooksBroken,
}

impl Exit {
    /// Every way to end, in the order of the codes.
    pub const ALL: [Self; 16] = [
        Self::Unexpected,
        Self::Setting,
        Self::SettingsFile,
        Self::Address,
        Self::DataFolder,
        Self::DatabaseUrl,
        Self::DatabaseUnreachable,
        Self::DatabaseNewer,
        Self::MigrationFailed,
        Self::MigrationsPending,
        Self::Certificate,
        Self::EncryptionKey,
        Self::Site,
        Self::Refused,
        Self::AuditBroken,
        Self::BooksBroken,
    ];

    /// The number the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Unexpected => 1,
            // clap ends with 2 for arguments it does not understand.
            Self::Setting => 2,
            Self::SettingsFile => 64,
            Self::Address => 65,
            Self::DataFolder => 66,
            Self::DatabaseUrl => 67,
            Self::DatabaseUnreachable => 68,
            Self::DatabaseNewer => 69,
            Self::MigrationFailed => 70,
            Self::MigrationsPending => 71,
            Self::Certificate => 72,
            Self::EncryptionKey => 73,
            Self::Site => 74,
            Self::Refused => 75,
            Self::AuditBroken => 76,
            Self::BooksBroken => 77,
        }
    }

    /// What the code means, for `--help`.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Unexpected => "an unexpected failure",
            Self::Setting => "unknown setting or wrong value (flag, variable or file)",
            Self::SettingsFile => "settings file unreadable or not TOML",
            Self::Address => "address cannot be listened on (port taken)",
            Self::DataFolder => "data folder cannot be made or written",
            Self::DatabaseUrl => "bad database URL",
            Self::DatabaseUnreachable => "database does not answer",
            Self::DatabaseNewer => "database is newer than this binary",
            Self::MigrationFailed => "a migration failed",
            Self::MigrationsPending => "migrations are pending (migrate --check)",
            Self::Certificate => "TLS certificate or key cannot be used",
            Self::EncryptionKey => "key-encryption key unreadable or not 32 bytes",
            Self::Site => "built portal files missing or incomplete",
            Self::Refused => "the command was refused; nothing was changed",
            Self::AuditBroken => "the audit log is broken (audit verify)",
            Self::BooksBroken => "the books are broken (verify)",
        }
    }

    /// The table that stands at the end of `--help`.
    #[must_use]
    pub fn table() -> String {
        let mut table = String::from("Exit codes:\n    0  ended as asked (also after SIGTERM)\n");
        for exit in Self::ALL {
            table.push_str(&format!("  {:>3}  {}\n", exit.code(), exit.meaning()));
        }
        table
    }
}

/// Why the program ends early: the code, and one line for the person who started it.
#[derive(Debug)]
pub struct Failure {
    /// Which exit code the program ends with.
    pub exit: Exit,
    message: String,
}

impl Failure {
    /// A failure with its line; line breaks inside are flattened so that it stays one line.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        let message: String = message.into();
        let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { exit, message }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::{Exit, Failure};

    #[test]
    fn every_code_is_different() {
        let mut codes: Vec<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
        codes.dedup();
        assert_eq!(codes.len(), Exit::ALL.len());
        assert!(codes.is_sorted());
    }

    #[test]
    fn a_failure_is_one_line() {
        let failure = Failure::new(Exit::Unexpected, "first\n  second");
        assert_eq!(failure.to_string(), "first second");
    }
}
