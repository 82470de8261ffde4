//! `tallyport app`: applications of developers.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tallyport_domain::approval::{Permission, PermissionSet};
use tallyport_domain::ids::AppId;
use tallyport_service::Member;
use tallyport_service::Services;
use tallyport_service::applications::MakeApplicationRefusal;
use tallyport_service::approval::ApprovalRefusal;
use tallyport_service::audit::Actor;

use super::platform::{Platform, failed, refused};
use super::tell::{line, tell};
use crate::exit::Failure;
use crate::settings::PlatformSettings;

/// The commands about applications.
#[derive(Debug, Subcommand)]
pub enum AppCommand {
    /// Make an application with sandbox credentials, which are printed once.
    Create(Box<CreateSettings>),
    /// Approve an application for live without a submission.
    Approve(Box<ApproveSettings>),
    /// Stop an application.
    Suspend(Box<SuspendSettings>),
}

/// The settings of `tallyport app approve`.
#[derive(Args, Debug)]
pub struct ApproveSettings {
    /// Id of the application.
    #[arg(long, value_name = "ID", value_parser = id)]
    pub application: AppId,
    /// What it may do in live, separated by commas [default: everything]
    #[arg(long, value_name = "PERMISSIONS", value_delimiter = ',', value_parser = permission)]
    pub permissions: Vec<Permission>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

/// The settings of `tallyport app suspend`.
#[derive(Args, Debug)]
pub struct SuspendSettings {
    /// Id of the application.
    #[arg(long, value_name = "ID", value_parser = id)]
    pub application: AppId,
    /// Why; the team is told.
    #[arg(long)]
    pub reason: String,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

fn id(text: &str) -> Result<AppId, String> {
    text.parse().map_err(|error: tallyport_domain::ids::InvalidId| error.to_string())
}

fn permission(text: &str) -> Result<Permission, String> {
    let names = || Permission::ALL.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(", ");
    text.parse().map_err(|_| format!("expected some of {}", names()))
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
        match self {
            Self::Create(settings) => &mut settings.platform,
            Self::Approve(settings) => &mut settings.platform,
            Self::Suspend(settings) => &mut settings.platform,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When it is refused or cannot be carried out.
pub async fn run(command: AppCommand) -> Result<(), Failure> {
    match command {
        AppCommand::Create(settings) => create(&settings).await,
        AppCommand::Approve(settings) => approve(&settings).await,
        AppCommand::Suspend(settings) => suspend(&settings).await,
    }
}

async fn approve(settings: &ApproveSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let asked = if settings.permissions.is_empty() { Permission::ALL } else { &settings.permissions };
    let permissions: PermissionSet = asked.iter().copied().collect();
    let actor = Actor::command("app approve");
    let done = platform.services.approve_as_operator(&actor, settings.application, &permissions).await;
    platform.close().await;
    done.map_err(why)?;
    let names: Vec<&str> = permissions.iter().map(Permission::as_str).collect();
    let object = json!({ "application": { "id": settings.application.to_string() }, "approved": names });
    tell(settings.json, &object, &[format!("{} may in live: {}", settings.application, names.join(", "))]);
    Ok(())
}

async fn suspend(settings: &SuspendSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let actor = Actor::command("app suspend");
    let done = platform.services.suspend_as_operator(&actor, settings.application, &settings.reason).await;
    platform.close().await;
    done.map_err(why)?;
    let object = json!({ "application": { "id": settings.application.to_string() }, "state": "suspended" });
    tell(settings.json, &object, &[format!("{} is suspended.", settings.application)]);
    Ok(())
}

/// The failure of a step that is not taken.
pub(super) fn why(refusal: ApprovalRefusal) -> Failure {
    match refusal {
        ApprovalRefusal::Service(error) => failed(&error),
        refusal => refused(refusal),
    }
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
