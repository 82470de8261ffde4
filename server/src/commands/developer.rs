//! `tallyport developer`: accounts of developers.

use clap::Subcommand;
use tallyport_domain::Role;

use super::account::{self, NewAccountSettings};
use crate::exit::Failure;
use crate::settings::PlatformSettings;

/// The commands about developers.
#[derive(Debug, Subcommand)]
pub enum DeveloperCommand {
    /// Make a developer whose address counts as verified.
    Create(Box<NewAccountSettings>),
}

impl DeveloperCommand {
    pub(crate) fn platform(&mut self) -> &mut PlatformSettings {
        let Self::Create(settings) = self;
        &mut settings.platform
    }
}

/// Runs the command.
///
/// # Errors
/// When it is refused or cannot be carried out.
pub async fn run(command: DeveloperCommand) -> Result<(), Failure> {
    let DeveloperCommand::Create(settings) = command;
    account::create(*settings, Role::Developer, "developer create").await
}
