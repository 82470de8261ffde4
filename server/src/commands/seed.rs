//! `tallyport seed`: everything that a test of somebody else's program needs, made at once. Each run
//! makes further ones.

use std::io::{IsTerminal, Write};

use clap::Args;
use serde_json::{Value, json};
use tallyport_domain::approval::{Permission, PermissionSet};
use tallyport_domain::{Language, Role};
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::ports::random_bytes;
use tallyport_service::{Member, Services};

use super::account::why;
use super::app;
use super::password::Password;
use super::platform::{Platform, failed, refused};
use super::tell::{line, tell};
use crate::exit::Failure;
use crate::settings::PlatformSettings;

/// What the audit log calls this command.
const COMMAND: &str = "seed";

/// The settings of `tallyport seed`.
#[derive(Args, Debug)]
pub struct SeedSettings {
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// Make so many payments of the application, too: taken, refused, called off and given back over the
    /// last thirty days of the sandbox.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub payments: u64,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub platform: PlatformSettings,
}

/// Runs the command.
///
/// # Errors
/// When something cannot be made.
pub async fn run(settings: SeedSettings) -> Result<(), Failure> {
    let platform = Platform::open(&settings.platform).await?;
    let seeded = seed(&platform.services, settings.payments).await;
    platform.close().await;
    let object = seeded?;
    tell(settings.json, &object, &lines(&object));
    Ok(())
}

/// Makes everything. What is printed holds passwords and secrets, this once.
///
/// # Errors
/// When something cannot be made.
pub async fn seed(services: &Services, payments: u64) -> Result<Value, Failure> {
    let tag: String = random_bytes::<5>(services.randomness()).iter().map(|byte| format!("{byte:02x}")).collect();
    let (admin, admin_password) = account(services, "Admin", &tag, Role::Administrator).await?;
    let (developer, developer_password) = account(services, "Developer", &tag, Role::Developer).await?;
    let developer = Member { command: Some(COMMAND), ..developer };
    let made = services.make_application(&developer, &format!("Seeded {tag}")).await.map_err(refused)?;
    let everything: PermissionSet = Permission::ALL.iter().copied().collect();
    let command = Actor::command(COMMAND);
    services.approve_as_operator(&command, made.application.id, &everything).await.map_err(app::why)?;
    let live = services.seed_live_credential(&developer, made.application.id).await.map_err(refused)?;
    services.seed_payments(made.application.id, payments, &mut progress).await.map_err(|error| failed(&error))?;
    let holders = services.list_test_holders(&developer, made.application.id).await.map_err(refused)?;
    let holder = |role: &str| {
        let found = holders.iter().find(|holder| holder.role == role);
        found.map(|holder| json!({ "id": holder.id.to_string(), "email": holder.email, "password": holder.password }))
    };
    Ok(json!({
        "base_url": services.public_url(),
        "admin": { "email": admin.email, "password": admin_password.to_tell() },
        "developer": { "email": developer.email, "password": developer_password.to_tell() },
        "application": { "id": made.application.id.to_string(), "payments": payments },
        "sandbox": {
            "api_key": made.api_key.to_string(),
            "api_secret": made.api_secret.reveal(),
            "buyer": holder("buyer"),
            "seller": holder("seller"),
        },
        "live": { "api_key": live.api_key.to_string(), "api_secret": live.api_secret.reveal() },
    }))
}

/// Whoever watches sees how far it is; a program that reads stderr does not have to.
fn progress(payments: u64) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err, "\r{payments} payments");
        let _ = err.flush();
    }
}

async fn account(services: &Services, name: &str, tag: &str, role: Role) -> Result<(Member, Password), Failure> {
    let password = Password::fresh(services);
    let email = format!("{}-{tag}@seed.example", name.to_lowercase());
    let sign_up = SignUp { name, email: &email, password: password.text(), language: Language::En };
    let member = services.create_account(&Actor::command(COMMAND), sign_up, role).await.map_err(why)?;
    Ok((member, password))
}

fn lines(object: &Value) -> Vec<String> {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut lines: Vec<String> = [
        ("base_url", "/base_url"),
        ("admin", "/admin/email"),
        ("  password", "/admin/password"),
        ("developer", "/developer/email"),
        ("  password", "/developer/password"),
        ("application", "/application/id"),
        ("sandbox", "/sandbox/api_key"),
        ("  api_secret", "/sandbox/api_secret"),
        ("  buyer", "/sandbox/buyer/email"),
        ("  password", "/sandbox/buyer/password"),
        ("  seller", "/sandbox/seller/email"),
        ("  password", "/sandbox/seller/password"),
        ("live", "/live/api_key"),
        ("  api_secret", "/live/api_secret"),
    ]
    .map(|(name, pointer)| line(name, text(pointer)))
    .to_vec();
    lines.push("Passwords and secrets are shown this once.".to_owned());
    lines
}
