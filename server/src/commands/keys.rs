//! `tallyport keys`: changing the key-encryption key while other processes serve.

use clap::{Args, Subcommand};
use serde_json::json;
use tallyport_service::audit::Actor;
use tallyport_service::key_rotation::Rewrapped;

use super::platform::{Platform, failed};
use super::tell::{line, tell};
use crate::exit::{Exit, Failure};
use crate::settings::PlatformSettings;

/// Who did it, in the audit log.
const ACTOR: &str = "keys rewrap";

/// The commands about keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Wrap every stored data key under the current key-encryption key.
    Rewrap(Box<RewrapSettings>),
}

/// The settings of `tallyport keys rewrap`.
#[derive(Args, Debug)]
#[command(after_help = Exit::table())]
pub struct RewrapSettings {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

impl KeysCommand {
    pub(crate) fn platform(&mut self) -> &mut PlatformSettings {
        let Self::Rewrap(settings) = self;
        &mut settings.platform
    }
}

/// Runs the command.
///
/// # Errors
/// When the database cannot be used, or a data key is wrapped under a key that was not given.
pub async fn run(command: KeysCommand) -> Result<(), Failure> {
    let KeysCommand::Rewrap(settings) = command;
    let platform = Platform::open(&settings.platform).await?;
    let done = platform.services.rewrap_data_keys(&Actor::command(ACTOR)).await;
    platform.close().await;
    let Rewrapped { rewrapped, total, key_encryption_key_id: id } = done.map_err(|error| failed(&error))?;
    let object = json!({ "rewrapped": rewrapped, "total": total, "key_encryption_key_id": id });
    let lines = [line("rewrapped", rewrapped), line("data keys", total), line("all under", id)];
    tell(settings.json, &object, &lines);
    Ok(())
}
