//! `tallyport keys rewrap`: wraps the stored data keys under the current key-encryption key, while
//! other processes serve.

use std::io::Write;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::json;
use tallyport_service::audit::Actor;
use tallyport_service::key_rotation::Rewrapped;
use tallyport_service::mail::Transport;
use tallyport_service::ports::{SystemClock, SystemRandomness, random_bytes};
use tallyport_service::{Options, ServiceError, Services};
use tallyport_storage::{DbOptions, migrate};
use zeroize::Zeroizing;

use crate::data_dir;
use crate::exit::{Exit, Failure};
use crate::key_file;
use crate::logging;
use crate::settings::{DatabaseSettings, FileSettings, KeySettings, LogSettings};

use super::database;

/// Who did it, in the audit log.
const ACTOR: &str = "keys rewrap";

/// What is done with the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeyAction {
    /// Wrap every stored data key under the current key-encryption key
    Rewrap,
}

/// The settings of `tallyport keys`.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct KeysSettings {
    /// What to do.
    #[arg(value_enum)]
    pub action: KeyAction,
    /// Print the outcome as JSON.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub file: FileSettings,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub database: DatabaseSettings,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub keys: KeySettings,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub log: LogSettings,
}

/// Runs the command.
///
/// # Errors
/// When the database cannot be used, or a data key is wrapped under a key that was not given.
pub async fn keys(settings: KeysSettings) -> Result<(), Failure> {
    logging::start(&settings.log);
    let KeyAction::Rewrap = settings.action;
    let data_dir = data_dir::prepare(&settings.database.data_dir)?;
    let fresh = || Zeroizing::new(random_bytes(&SystemRandomness));
    let key_encryption_key = key_file::find(&settings.keys, &data_dir, fresh)?;
    let previous_key_encryption_key = key_file::previous(&settings.keys)?;
    let options = DbOptions { create_if_missing: false, ..DbOptions::default() };
    let db = database::open(&settings.database, &options).await?;
    let status = migrate::status(&db)
        .await
        .map_err(|error| Failure::new(Exit::DatabaseUnreachable, format!("cannot read the migrations: {error}")))?;
    if !status.pending.is_empty() || !status.newer.is_empty() {
        let line = "the database's schema is not this version's: run \"tallyport migrate\" first";
        return Err(Failure::new(Exit::MigrationsPending, line.to_owned()));
    }
    let options = Options {
        db: db.clone(),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        key_encryption_key,
        previous_key_encryption_key,
        public_url: String::new(),
        mail: Transport::Local,
        outside_provider: None,
    };
    let services = Services::without_workers(options).await.map_err(|error| failure(&error))?;
    let rewrapped = services.rewrap_data_keys(&Actor::command(ACTOR)).await;
    services.drain().await;
    db.close().await;
    say(&rewrapped.map_err(|error| failure(&error))?, settings.json);
    Ok(())
}

fn failure(error: &ServiceError) -> Failure {
    let exit = match error {
        ServiceError::Vault(_) => Exit::EncryptionKey,
        error if error.is_temporary() => Exit::DatabaseUnreachable,
        _ => Exit::Unexpected,
    };
    Failure::new(exit, format!("cannot wrap the data keys anew: {error}"))
}

/// Nobody may be listening any more; that is no reason to fail.
fn say(rewrapped: &Rewrapped, as_json: bool) {
    let Rewrapped { rewrapped, total, key_encryption_key_id } = rewrapped;
    let line = if as_json {
        json!({ "rewrapped": rewrapped, "total": total, "key_encryption_key_id": key_encryption_key_id }).to_string()
    } else {
        format!(
            "{rewrapped} of {total} data keys were wrapped anew; all are under key-encryption key \
             {key_encryption_key_id} now"
        )
    };
    let _ = writeln!(std::io::stdout(), "{line}");
}
