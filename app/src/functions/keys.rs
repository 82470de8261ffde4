//! Making, rotating, changing and revoking credentials.

use super::about::{about, done, go, not_done, refused};
use super::applications::network_fault;
use super::entry::here;
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::{
        fresh_secret,
        keys::{CHANGE_KEY_FORM, NEW_KEY_FORM, credential_path, keys_path},
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment,
    credential::{Lifetime, Overlap},
    ids::{ApiKey, AppId},
};
use tallyport_service::credentials::{
    ChangeCredentialRefusal, CredentialWish, KeyFault, MadeCredential, MakeCredentialRefusal, RotateRefusal,
};

/// Makes the first sandbox credential and shows it. Whoever comes second sees that there is one.
#[server(prefix = "/ui", endpoint = "show_my_keys")]
pub(crate) async fn show_my_keys(#[server(default)] application: String) -> Result<(), ServerFnError> {
    let page = |id: AppId| keys_path(id, Environment::Sandbox);
    about(&application, page, async |services, member, id| match services.make_first_credential(&member, id).await {
        Ok(Some(made)) => shown(&made, id, Environment::Sandbox).await,
        Ok(None) => {
            go(&page(id));
            Ok(())
        }
        Err(refusal) => not_made(refusal, id, Environment::Sandbox, FormFlash::new()).await,
    })
    .await
}

/// Makes a credential and shows it.
#[server(prefix = "/ui", endpoint = "make_credential")]
pub(crate) async fn make_credential(
    #[server(default)] application: String,
    #[server(default)] environment: String,
    #[server(default)] name: String,
    #[server(default)] lifetime: String,
    #[server(default)] networks: String,
) -> Result<(), ServerFnError> {
    let environment = environment.parse().unwrap_or(Environment::Sandbox);
    about(
        &application,
        |id| keys_path(id, environment),
        async |services, member, id| {
            let lifetime_chosen = lifetime.parse().unwrap_or(Lifetime::Unlimited);
            let wish = CredentialWish { environment, name: &name, lifetime: lifetime_chosen, networks: &networks };
            match services.make_credential(&member, id, wish).await {
                Ok(made) => shown(&made, id, environment).await,
                Err(refusal) => {
                    let kept = FormFlash::new().keep("name", &name).keep("lifetime", &lifetime);
                    not_made(refusal, id, environment, kept.keep_long("networks", &networks)).await
                }
            }
        },
    )
    .await
}

/// Makes a credential that takes over from another, and shows it.
#[server(prefix = "/ui", endpoint = "rotate_credential")]
pub(crate) async fn rotate_credential(
    #[server(default)] application: String,
    #[server(default)] environment: String,
    #[server(default)] api_key: String,
    #[server(default)] overlap: String,
) -> Result<(), ServerFnError> {
    let environment = environment.parse().unwrap_or(Environment::Sandbox);
    about(
        &application,
        |id| keys_path(id, environment),
        async |services, member, id| {
            let Ok(api_key) = api_key.parse::<ApiKey>() else { return unknown() };
            let overlap = overlap.parse().unwrap_or(Overlap::Day);
            let page = credential_path(id, api_key);
            match services.rotate_credential(&member, id, api_key, overlap).await {
                Ok(made) => shown(&made, id, environment).await,
                Err(RotateRefusal::Replaced) => not_done(&page, texts().keys.replaced_before).await,
                Err(RotateRefusal::Ended) => not_done(&page, texts().keys.ended_before).await,
                Err(RotateRefusal::Access(refusal)) => refused(refusal),
            }
        },
    )
    .await
}

/// Gives a credential another name and other networks.
#[server(prefix = "/ui", endpoint = "change_credential")]
pub(crate) async fn change_credential(
    #[server(default)] application: String,
    #[server(default)] api_key: String,
    #[server(default)] name: String,
    #[server(default)] networks: String,
) -> Result<(), ServerFnError> {
    about(
        &application,
        |id| keys_path(id, Environment::Sandbox),
        async |services, member, id| {
            let Ok(api_key) = api_key.parse::<ApiKey>() else { return unknown() };
            let page = credential_path(id, api_key);
            match services.change_credential(&member, id, api_key, &name, &networks).await {
                Ok(()) => done(&page, texts().keys.done_changed).await,
                Err(ChangeCredentialRefusal::Faults(faults)) => {
                    let kept = FormFlash::new().keep("name", &name).keep_long("networks", &networks);
                    with_faults(kept, &faults).send_back(CHANGE_KEY_FORM, &here(&page)).await
                }
                Err(ChangeCredentialRefusal::Ended) => not_done(&page, texts().keys.ended_before).await,
                Err(ChangeCredentialRefusal::Access(refusal)) => refused(refusal),
            }
        },
    )
    .await
}

/// Ends a credential.
#[server(prefix = "/ui", endpoint = "revoke_credential")]
pub(crate) async fn revoke_credential(
    #[server(default)] application: String,
    #[server(default)] api_key: String,
) -> Result<(), ServerFnError> {
    about(
        &application,
        |id| keys_path(id, Environment::Sandbox),
        async |services, member, id| {
            let Ok(api_key) = api_key.parse::<ApiKey>() else { return unknown() };
            let page = credential_path(id, api_key);
            match services.revoke_credential(&member, id, api_key).await {
                Ok(()) => done(&page, texts().keys.done_revoked).await,
                Err(ChangeCredentialRefusal::Ended | ChangeCredentialRefusal::Faults(_)) => {
                    not_done(&page, texts().keys.ended_before).await
                }
                Err(ChangeCredentialRefusal::Access(refusal)) => refused(refusal),
            }
        },
    )
    .await
}

/// Goes to the page that shows the secret once.
async fn shown(made: &MadeCredential, id: AppId, environment: Environment) -> Result<(), Fault> {
    fresh_secret::allow_once(made.api_key).await?;
    go(&keys_path(id, environment));
    Ok(())
}

async fn not_made(
    refusal: MakeCredentialRefusal,
    id: AppId,
    environment: Environment,
    mut kept: FormFlash,
) -> Result<(), Fault> {
    let page = keys_path(id, environment);
    match refusal {
        MakeCredentialRefusal::Faults(faults) => kept = with_faults(kept, &faults),
        MakeCredentialRefusal::LiveNotOpen => return not_done(&page, texts().keys.live_refused).await,
        MakeCredentialRefusal::TooMany => return not_done(&page, texts().keys.too_many).await,
        MakeCredentialRefusal::Access(refusal) => return refused(refusal),
    }
    kept.send_back(NEW_KEY_FORM, &here(&format!("{page}#{NEW_KEY_FORM}"))).await
}

pub(super) fn with_faults(mut kept: FormFlash, faults: &[KeyFault]) -> FormFlash {
    for fault in faults {
        match fault {
            KeyFault::Name => kept.refuse("name", texts().console.application_name_fault),
            KeyFault::Networks(fault) => kept.refuse("networks", network_fault(fault)),
        }
    }
    kept
}

pub(super) fn unknown() -> Result<(), Fault> {
    refused(tallyport_service::teams::AccessRefusal::Unknown)
}
