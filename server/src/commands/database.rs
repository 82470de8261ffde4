//! Opening the database for a command, with each way to fail ending in its own exit code.

use tallyport_storage::migrate::MigrateError;
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
