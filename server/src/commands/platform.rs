//! Opening the platform for a command: its database, migrated, and its services without workers.

use std::sync::Arc;

use tallyport_service::mail::Transport;
use tallyport_service::ports::{Clock, SystemClock, SystemRandomness, random_bytes};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{Options, ServiceError, Services};
use tallyport_storage::{Db, DbOptions, migrate};
use zeroize::Zeroizing;

use super::database;
use crate::exit::{Exit, Failure};
use crate::settings::PlatformSettings;
use crate::{data_dir, key_file, logging};

/// The platform, open for one command.
#[derive(Debug)]
pub struct Platform {
    /// The use cases.
    pub services: Services,
    db: Db,
}

impl Platform {
    /// Opens it. A database that is not there is made, so that a command may come before the first
    /// start of the server.
    ///
    /// # Errors
    /// When anything it needs cannot be had.
    pub async fn open(settings: &PlatformSettings) -> Result<Self, Failure> {
        logging::start(&settings.log);
        let folder = data_dir::prepare(&settings.database.data_dir)?;
        let db = database::open(&settings.database, &DbOptions::default()).await?;
        migrate::run(&db, SystemClock.now_ms()).await.map_err(|error| database::refused(&error))?;
        let fresh = || Zeroizing::new(random_bytes(&SystemRandomness));
        let options = Options {
            db: db.clone(),
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            key_encryption_key: key_file::find(&settings.keys, &folder, fresh)?,
            previous_key_encryption_key: key_file::previous(&settings.keys)?,
            public_url: settings.address.public_url().to_string(),
            // What it writes waits for the servers.
            mail: Transport::Local,
            outside_provider: None,
            password_cost: PasswordCost::FULL,
            token_algorithm: settings.keys.token_algorithm,
        };
        let services = Services::without_workers(options).await.map_err(|error| failed(&error))?;
        Ok(Self { services, db })
    }

    /// Ends what was begun.
    pub async fn close(self) {
        self.services.drain().await;
        self.db.close().await;
    }
}

/// The failure that a use case ends in which could not be carried out.
#[must_use]
pub fn failed(error: &ServiceError) -> Failure {
    let exit = match error {
        // The stored secrets were wrapped with another key.
        ServiceError::Vault(_) => Exit::EncryptionKey,
        error if error.is_temporary() => Exit::DatabaseUnreachable,
        _ => Exit::Unexpected,
    };
    Failure::new(exit, error.to_string())
}

/// The failure that a refusal ends in.
pub fn refused(why: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Refused, why.to_string())
}
