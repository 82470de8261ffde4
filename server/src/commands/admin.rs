//! `tallyport admin`: who runs the platform.

use clap::{Args, Subcommand};
use serde_json::json;
use tallyport_contract::time::rfc3339;
use tallyport_domain::Role;
use tallyport_service::admin::{AdminRefusal, Authority, PersonRecord};

use super::account::{self, NewAccountSettings};
use super::platform::{Platform, failed, refused};
use super::tell::tell;
use crate::exit::Failure;
use crate::settings::PlatformSettings;

/// The commands about administrators.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make an administrator.
    Create(Box<NewAccountSettings>),
    /// List the administrators.
    List(Box<ListSettings>),
    /// Make an administrator a developer like others; the last one stays.
    Remove(Box<RemoveSettings>),
}

/// The settings of `tallyport admin list`.
#[derive(Args, Debug)]
pub struct ListSettings {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

/// The settings of `tallyport admin remove`.
#[derive(Args, Debug)]
pub struct RemoveSettings {
    /// Address of the administrator.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

impl AdminCommand {
    pub(crate) fn platform(&mut self) -> &mut PlatformSettings {
        match self {
            Self::Create(settings) => &mut settings.platform,
            Self::List(settings) => &mut settings.platform,
            Self::Remove(settings) => &mut settings.platform,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When it is refused or cannot be carried out.
pub async fn run(command: AdminCommand) -> Result<(), Failure> {
    match command {
        AdminCommand::Create(settings) => account::create(*settings, Role::Administrator, "admin create").await,
        AdminCommand::List(settings) => list(&settings).await,
        AdminCommand::Remove(settings) => remove(&settings).await,
    }
}

async fn list(settings: &ListSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let listed = platform.services.list_administrators(&Authority::Command("admin list")).await;
    platform.close().await;
    let listed = listed.map_err(why)?;
    let object = json!({ "administrators": listed.iter().map(|person| json!({
        "id": person.id.to_string(),
        "name": person.name,
        "email": person.email,
        "state": person.state().as_str(),
        "created_at": rfc3339(person.created_at_ms),
    })).collect::<Vec<_>>() });
    let line = |person: &PersonRecord| {
        format!("{}  {:<11}  {}  {}", person.id, person.state().as_str(), person.email, person.name)
    };
    let mut lines: Vec<String> = listed.iter().map(line).collect();
    if lines.is_empty() {
        lines.push("There is no administrator.".to_owned());
    }
    tell(settings.json, &object, &lines);
    Ok(())
}

async fn remove(settings: &RemoveSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let removed = remove_on(&platform, &settings.email).await;
    platform.close().await;
    let person = removed?;
    let object = json!({ "id": person.id.to_string(), "email": person.email, "role": Role::Developer.as_str() });
    tell(settings.json, &object, &[format!("{} is no administrator any more.", person.email)]);
    Ok(())
}

async fn remove_on(platform: &Platform, email: &str) -> Result<PersonRecord, Failure> {
    let found = platform.services.find_person_by_email(email).await.map_err(|error| failed(&error))?;
    let person = found.ok_or_else(|| refused("nobody has this address"))?;
    match platform.services.remove_administrator(&Authority::Command("admin remove"), person.id).await {
        Ok(()) => Ok(person),
        Err(AdminRefusal::NotNow) => Err(refused("this person is no administrator")),
        Err(refusal) => Err(why(refusal)),
    }
}

fn why(refusal: AdminRefusal) -> Failure {
    match refusal {
        AdminRefusal::Service(error) => failed(&error),
        refusal => refused(refusal),
    }
}
