//! Making, changing and closing an application.

use super::about::{about, done, refused};
use super::entry::{here, poster, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::console::{
        application::{CLOSE_FORM, NETWORKS_FORM, PROFILE_FORM, REDIRECT_URIS_FORM, SIGNATURE_FORM, application_path},
        fresh_secret,
        keys::keys_path,
        new_application::{NEW_APPLICATION_FORM, NEW_APPLICATION_PATH},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment,
    ids::{AppId, TeamId},
    network::InvalidNetworks,
    redirect_uri::InvalidRedirectUris,
};
use tallyport_service::{
    Member,
    applications::{ChangeApplicationRefusal, ChangeFault, CloseRefusal, MakeApplicationRefusal},
};

/// Makes an application with sandbox credentials and goes to its keys, which show the secret once.
#[server(prefix = "/ui", endpoint = "make_application")]
pub(crate) async fn make_application(
    #[server(default)] name: String,
    #[server(default)] team: String,
) -> Result<(), ServerFnError> {
    let Some(member) = poster(NEW_APPLICATION_PATH) else { return Ok(()) };
    if let Err(fault) = made(&member, &name, &team).await {
        fault.report();
    }
    Ok(())
}

async fn made(member: &Member, name: &str, team: &str) -> Result<(), Fault> {
    let services = services()?;
    let made = match team.parse::<TeamId>() {
        Ok(team) => services.make_application_of_team(member, team, name).await,
        // Whoever is in one team is not asked which.
        Err(_) => services.make_application(member, name).await,
    };
    let (field, fault) = match made {
        Ok(made) => {
            fresh_secret::allow_once(made.api_key).await?;
            AnswerParts::current().see_other(&here(&keys_path(made.application.id, Environment::Sandbox)));
            return Ok(());
        }
        Err(MakeApplicationRefusal::Name) => ("name", texts().console.application_name_fault),
        Err(MakeApplicationRefusal::NoTeam) => ("name", texts().applications.no_team),
        Err(MakeApplicationRefusal::TooMany { .. }) => ("name", texts().applications.too_many),
        Err(MakeApplicationRefusal::Access(refusal)) => return refused(refusal),
        Err(MakeApplicationRefusal::Service(error)) => return Err(error.into()),
    };
    let mut kept = FormFlash::new().keep("name", name).keep("team", team);
    kept.refuse(field, fault);
    kept.send_back(NEW_APPLICATION_FORM, &here(NEW_APPLICATION_PATH)).await
}

/// Gives an application another name and description.
#[server(prefix = "/ui", endpoint = "rename_application")]
pub(crate) async fn rename_application(
    #[server(default)] application: String,
    #[server(default)] name: String,
    #[server(default)] description: String,
) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| {
        let changed = services.rename_application(&member, id, &name, &description).await;
        let kept = FormFlash::new().keep("name", &name).keep("description", &description);
        changed_to(id, changed, PROFILE_FORM, kept).await
    })
    .await
}

/// Replaces the redirect URIs of an application.
#[server(prefix = "/ui", endpoint = "set_redirect_uris")]
pub(crate) async fn set_redirect_uris(
    #[server(default)] application: String,
    #[server(default)] redirect_uris: String,
) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| {
        let changed = services.set_redirect_uris(&member, id, &redirect_uris).await;
        let kept = FormFlash::new().keep_long("redirect_uris", &redirect_uris);
        changed_to(id, changed, REDIRECT_URIS_FORM, kept).await
    })
    .await
}

/// Replaces the networks that an application's calls may come from.
#[server(prefix = "/ui", endpoint = "set_networks")]
pub(crate) async fn set_networks(
    #[server(default)] application: String,
    #[server(default)] networks: String,
) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| {
        let changed = services.set_application_networks(&member, id, &networks).await;
        let kept = FormFlash::new().keep_long("networks", &networks);
        changed_to(id, changed, NETWORKS_FORM, kept).await
    })
    .await
}

/// Says whether an application's sandbox takes calls that are not signed.
#[server(prefix = "/ui", endpoint = "set_sandbox_unsigned")]
pub(crate) async fn set_sandbox_unsigned(
    #[server(default)] application: String,
    #[server(default)] unsigned: Option<String>,
) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| {
        let changed = services.set_sandbox_unsigned(&member, id, unsigned.is_some()).await;
        changed_to(id, changed, SIGNATURE_FORM, FormFlash::new()).await
    })
    .await
}

/// Closes an application whose name was typed.
#[server(prefix = "/ui", endpoint = "close_own_application")]
pub(crate) async fn close_own_application(
    #[server(default)] application: String,
    #[server(default)] name: String,
) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| {
        match services.close_application(&member, id, &name).await {
            Ok(()) => done(&application_path(id), texts().applications.closed).await,
            Err(CloseRefusal::OtherName) => {
                let mut kept = FormFlash::new();
                kept.refuse("name", texts().applications.close_other_name);
                let page = format!("{}#close", application_path(id));
                kept.send_back(CLOSE_FORM, &here(&page)).await
            }
            Err(CloseRefusal::Access(refusal)) => refused(refusal),
        }
    })
    .await
}

async fn changed_to(
    id: AppId,
    changed: Result<(), ChangeApplicationRefusal>,
    form: &str,
    mut kept: FormFlash,
) -> Result<(), Fault> {
    let page = application_path(id);
    match changed {
        Ok(()) => done(&page, texts().applications.saved).await,
        Err(ChangeApplicationRefusal::Faults(faults)) => {
            for fault in faults {
                let (field, message) = explained(&fault);
                kept.refuse(field, message);
            }
            kept.send_back(form, &here(&format!("{page}#{form}"))).await
        }
        Err(ChangeApplicationRefusal::Access(refusal)) => refused(refusal),
    }
}

fn explained(fault: &ChangeFault) -> (&'static str, String) {
    let own = &texts().applications;
    match fault {
        ChangeFault::Name => ("name", texts().console.application_name_fault.to_owned()),
        ChangeFault::Description => ("description", own.description_fault.to_owned()),
        ChangeFault::RedirectUris(InvalidRedirectUris::TooMany) => ("redirect_uris", own.redirect_uris_many.to_owned()),
        ChangeFault::RedirectUris(InvalidRedirectUris::Line { line, why }) => {
            ("redirect_uris", format!("{}: {}", shortened(line), own.uri_fault(*why)))
        }
        ChangeFault::Networks(fault) => ("networks", network_fault(fault)),
    }
}

/// What is wrong with a list of networks.
pub(super) fn network_fault(fault: &InvalidNetworks) -> String {
    let own = &texts().applications;
    match fault {
        InvalidNetworks::TooMany => own.networks_many.to_owned(),
        InvalidNetworks::Line { line } => format!("{} {}", shortened(line), own.network_fault),
    }
}

/// As much of a line as it takes to find it again.
fn shortened(line: &str) -> String {
    const CHARS_SHOWN: usize = 60;
    let mut start: String = line.chars().take(CHARS_SHOWN).collect();
    if start.len() < line.len() {
        start.push('…');
    }
    start
}
