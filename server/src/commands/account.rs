//! Making an account at the command line, of either role.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use tallyport_domain::{Language, Role};
use tallyport_service::Services;
use tallyport_service::audit::Actor;
use tallyport_service::identity::{CreateAccountRefusal, SignUp, SignUpFault};

use super::password::PasswordSettings;
use super::platform::{Platform, failed, refused};
use super::tell::{line, tell};
use crate::exit::Failure;
use crate::settings::PlatformSettings;

/// The settings of the commands that make an account.
#[derive(Args, Debug)]
pub struct NewAccountSettings {
    /// Address of the account; it counts as verified.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Name of its bearer.
    #[arg(long)]
    pub name: String,
    /// Language of mails to them.
    #[arg(long, default_value = "en")]
    pub language: LanguageOfMails,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub password: PasswordSettings,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

/// A language of ours, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LanguageOfMails {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl From<LanguageOfMails> for Language {
    fn from(language: LanguageOfMails) -> Self {
        match language {
            LanguageOfMails::En => Self::En,
            LanguageOfMails::Zh => Self::Zh,
        }
    }
}

/// Makes the account and tells who it is.
///
/// # Errors
/// When it is refused or cannot be made.
pub async fn create(settings: NewAccountSettings, role: Role, command: &'static str) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let made = make(&platform.services, &settings, role, command).await;
    platform.close().await;
    let object = made?;
    let mut lines = vec![
        line("id", object["id"].as_str().unwrap_or_default()),
        line("email", object["email"].as_str().unwrap_or_default()),
    ];
    if let Some(password) = object["password"].as_str() {
        lines.push(line("password", password));
        lines.push("The password is shown this once.".to_owned());
    }
    tell(settings.json, &object, &lines);
    Ok(())
}

async fn make(
    services: &Services,
    settings: &NewAccountSettings,
    role: Role,
    command: &'static str,
) -> Result<Value, Failure> {
    let password = settings.password.read(services)?;
    let sign_up = SignUp {
        name: &settings.name,
        email: &settings.email,
        password: password.text(),
        language: settings.language.into(),
    };
    let member = services.create_account(&Actor::command(command), sign_up, role).await.map_err(why)?;
    let mut object = json!({ "id": member.developer_id.to_string(), "email": member.email, "role": role.as_str() });
    if let Some(password) = password.to_tell() {
        object["password"] = json!(password);
    }
    Ok(object)
}

/// The failure of an account that is not made.
pub(super) fn why(refusal: CreateAccountRefusal) -> Failure {
    match refusal {
        CreateAccountRefusal::EmailTaken => refused("this address has an account already"),
        CreateAccountRefusal::Faults(faults) => {
            let told: Vec<&str> = faults.into_iter().map(fault).collect();
            refused(told.join("; "))
        }
        CreateAccountRefusal::Service(error) => failed(&error),
    }
}

const fn fault(fault: SignUpFault) -> &'static str {
    match fault {
        SignUpFault::Name => "the name has to have 1 to 80 characters",
        SignUpFault::Email => "this is no e-mail address",
        SignUpFault::PasswordShort => "the password is too short",
        SignUpFault::PasswordCommon => "the password is one of the most common",
        SignUpFault::PasswordLong => "the password is too long",
    }
}
