//! `tallyport app`: applications of developers.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tallyport_service::Member;
use tallyport_service::Services;
use tallyport_service::applications::MakeApplicationRefusal;

use super::platform::{Platform, failed, refused};
use super::tell::{line, tell};
use crate::exit::Failure;
use crate::settings::PlatformSettings;

/// The commands about applications.
#[derive(Debug, Subcommand)]
pub enum AppCommand {
    /// Make an application with sandbox credentials, which are printed once.
    Create(Box<CreateSettings>),
}

/// The settings of `tallyport app create`.
#[derive(Args, Debug)]
pub struct CreateSettings {
    /// Address of the developer whose it is.
    #[arg(long, value_name = "ADDRESS")]
    pub developer: String,
    /// Name of the application.
    #[arg(long)]
    pub name: String,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

impl AppCommand {
    pub(crate) fn platform(&mut self) -> &mut PlatformSettings {
        let Self::Create(settings) = self;
        &mut settings.platform
    }
}

/// Runs the command.
///
/// # Errors
/// When it is refused or cannot be carried out.
pub async fn run(command: AppCommand) -> Result<(), Failure> {
    let AppCommand::Create(settings) = command;
    create(&settings).await
}

async fn create(settings: &CreateSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let made = create_on(&platform.services, settings).await;
    platform.close().await;
    let object = made?;
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let lines = [
        line("application", text("/application/id")),
        line("api_key", text("/sandbox/api_key")),
        line("api_secret", text("/sandbox/api_secret")),
        "The api_secret is shown this once.".to_owned(),
    ];
    tell(settings.json, &object, &lines);
    Ok(())
}

async fn create_on(services: &Services, settings: &CreateSettings) -> Result<Value, Failure> {
    let member = in_place_of(services, &settings.developer, "app create").await?;
    let made = services.make_application(&member, &settings.name).await.map_err(|refusal| match refusal {
        MakeApplicationRefusal::Service(error) => failed(&error),
        refusal => refused(refusal),
    })?;
    Ok(json!({
        "application": { "id": made.application.id.to_string(), "name": made.application.name },
        "sandbox": { "api_key": made.api_key.to_string(), "api_secret": made.api_secret.reveal() },
    }))
}

/// The developer with this address, in whose place a command acts.
async fn in_place_of(services: &Services, email: &str, command: &'static str) -> Result<Member, Failure> {
    let person = services.find_person_by_email(email).await.map_err(|error| failed(&error))?;
    let person = person.ok_or_else(|| refused("nobody has this address"))?;
    let member = services.find_member(person.id).await.map_err(|error| failed(&error))?;
    let member = member.ok_or_else(|| refused("this account is suspended or closed"))?;
    Ok(Member { command: Some(command), ..member })
}
