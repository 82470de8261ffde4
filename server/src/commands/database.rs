//! Opening the database for a command, with each way to fail ending in its own exit code.

use tallyport_storage::migrate::{self, MigrateError};
use tallyport_storage::{Db, DbOptions, OpenError};

use crate::exit::{Exit, Failure};
use crate::settings::DatabaseSettings;

/// Opens the database that the settings name.
///
/// # Errors
/// When the URL is wrong or the database cannot be used.
pub async fn open(settings: &DatabaseSettings, options: &DbOptions) -> Result<Db, Failure> {
    Db::open(&settings.url()?, options).await.map_err(|error| Failure::new(exit_of(&error), error.to_string()))
}

fn exit_of(error: &OpenError) -> Exit {
    match error {
        OpenError::NotWritable { .. } => Exit::DataFolder,
        OpenError::NotADatabase { .. } => Exit::DatabaseUrl,
        OpenError::Missing { .. } | OpenError::Locked { .. } | OpenError::Unreachable { .. } => {
            Exit::DatabaseUnreachable
        }
    }
}

/// The failure that a refused migration ends in.
#[must_use]
pub fn refused(error: &MigrateError) -> Failure {
    let exit = match error {
        MigrateError::NewerDatabase { .. } => Exit::DatabaseNewer,
        MigrateError::ChecksumMismatch { .. } | MigrateError::Database(_) => Exit::MigrationFailed,
    };
    Failure::new(exit, error.to_string())
}

/// Refuses a database whose schema is not that of this binary, for commands that only read.
///
/// # Errors
/// When migrations are pending, or the database is newer.
pub async fn refuse_unmigrated(db: &Db) -> Result<(), Failure> {
    let status = migrate::status(db)
        .await
        .map_err(|error| Failure::new(Exit::DatabaseUnreachable, format!("cannot read the migrations: {error}")))?;
    if !status.newer.is_empty() {
        return Err(Failure::new(Exit::DatabaseNewer, "the database is newer than this binary"));
    }
    if !status.pending.is_empty() {
        return Err(Failure::new(Exit::MigrationsPending, "the database is not migrated: run tallyport migrate"));
    }
    Ok(())
}
