//! `tallyport keys`: changing the keys of the platform while other processes serve.

use clap::{Args, Subcommand};
use serde_json::json;
use tallyport_service::audit::Actor;
use tallyport_service::key_rotation::Rewrapped;

use super::platform::{Platform, failed};
use super::tell::{line, tell};
use crate::exit::{Exit, Failure};
use crate::settings::PlatformSettings;

/// The commands about keys. Who ran one stands in the audit log under the command's name.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Wrap every stored data key under the current key-encryption key.
    Rewrap(Box<KeysSettings>),
    /// Make a new key that signs tokens from ten minutes on; the old one goes on verifying.
    Rotate(Box<KeysSettings>),
}

/// The settings of each.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct KeysSettings {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

impl KeysCommand {
    pub(crate) fn platform(&mut self) -> &mut PlatformSettings {
        let (Self::Rewrap(settings) | Self::Rotate(settings)) = self;
        &mut settings.platform
    }
}

/// Runs the command.
///
/// # Errors
/// When the database cannot be used, or a data key is wrapped under a key that was not given.
pub async fn run(command: KeysCommand) -> Result<(), Failure> {
    match command {
        KeysCommand::Rewrap(settings) => rewrap(&settings).await,
        KeysCommand::Rotate(settings) => rotate(&settings).await,
    }
}

async fn rewrap(settings: &KeysSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let done = platform.services.rewrap_data_keys(&Actor::command("keys rewrap")).await;
    platform.close().await;
    let Rewrapped { rewrapped, total, key_encryption_key_id: id } = done.map_err(|error| failed(&error))?;
    let object = json!({ "rewrapped": rewrapped, "total": total, "key_encryption_key_id": id });
    let lines = [line("rewrapped", rewrapped), line("data keys", total), line("all under", id)];
    tell(settings.json, &object, &lines);
    Ok(())
}

async fn rotate(settings: &KeysSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let done = platform.services.rotate_signing_key(&Actor::command("keys rotate")).await;
    platform.close().await;
    let id = done.map_err(|error| failed(&error))?.to_string();
    tell(settings.json, &json!({ "key": id }), &[line("new key", id)]);
    Ok(())
}
