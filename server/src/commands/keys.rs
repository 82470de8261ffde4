//! `tallyport keys`: changing the keys of the platform while other processes serve.

use clap::{Args, Subcommand};
use serde_json::json;
use tallyport_domain::KeyPurpose;
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
    /// Make a new key that takes the place of the present one; what that one signed or what was encrypted to it stays good for a while.
    Rotate(Box<RotateSettings>),
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

/// Those of `keys rotate`.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct RotateSettings {
    /// What the key is for: access_token, response_signature or body_encryption.
    #[arg(long, value_name = "PURPOSE", default_value = KeyPurpose::AccessToken.as_str(), value_parser = purpose)]
    pub purpose: KeyPurpose,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub keys: KeysSettings,
}

fn purpose(text: &str) -> Result<KeyPurpose, String> {
    text.parse().map_err(|_| "expected access_token, response_signature or body_encryption".to_owned())
}

impl KeysCommand {
    pub(crate) fn platform(&mut self) -> &mut PlatformSettings {
        match self {
            Self::Rewrap(settings) => &mut settings.platform,
            Self::Rotate(settings) => &mut settings.keys.platform,
        }
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

async fn rotate(RotateSettings { purpose, keys }: &RotateSettings) -> Result<(), Failure> {
    let platform = Platform::open(&keys.platform).await?;
    let done = platform.services.rotate_platform_key(*purpose, &Actor::command("keys rotate")).await;
    platform.close().await;
    let id = done.map_err(|error| failed(&error))?.to_string();
    tell(keys.json, &json!({ "key": id }), &[line("new key", id)]);
    Ok(())
}
