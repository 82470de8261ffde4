//! Adding, changing and ending public keys.

use super::about::{about, done, not_done, refused};
use super::entry::here;
use super::keys::{unknown, with_faults};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::keys::{CHANGE_KEY_FORM, NEW_PUBLIC_KEY_FORM, keys_path, new_public_key_path, public_key_path},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment,
    credential::{Lifetime, Overlap},
    ids::{AppId, PublicKeyId},
    public_key::PublicKeyUse,
};
use tallyport_service::public_keys::{AddPublicKeyRefusal, EndPublicKeyRefusal, PublicKeyFault, PublicKeyWish};

/// Adds a public key.
#[server(prefix = "/ui", endpoint = "add_public_key")]
pub(crate) async fn add_public_key(
    #[server(default)] application: String,
    #[server(default)] environment: String,
    #[server(default)] used_for: String,
    #[server(default)] name: String,
    #[server(default)] pem: String,
    #[server(default)] lifetime: String,
    #[server(default)] networks: String,
) -> Result<(), ServerFnError> {
    let environment = environment.parse().unwrap_or(Environment::Sandbox);
    about(
        &application,
        |id| new_public_key_path(id, environment),
        async |services, member, id| {
            let wish = PublicKeyWish {
                environment,
                used_for: used_for.parse().unwrap_or(PublicKeyUse::Signing),
                name: &name,
                pem: &pem,
                lifetime: lifetime.parse().unwrap_or(Lifetime::Unlimited),
                networks: &networks,
            };
            match services.add_public_key(&member, id, wish).await {
                Ok(_) => done(&keys_path(id, environment), texts().keys.done_added).await,
                Err(refusal) => {
                    let kept =
                        FormFlash::new().keep("name", &name).keep("lifetime", &lifetime).keep("used_for", &used_for);
                    // What was pasted may be a private key: it is kept nowhere.
                    not_added(refusal, id, environment, kept.keep_long("networks", &networks)).await
                }
            }
        },
    )
    .await
}

async fn not_added(
    refusal: AddPublicKeyRefusal,
    id: AppId,
    environment: Environment,
    mut kept: FormFlash,
) -> Result<(), Fault> {
    let own = &texts().keys;
    match refusal {
        AddPublicKeyRefusal::Faults(faults) => {
            for fault in faults {
                match fault {
                    PublicKeyFault::Key(why) => kept.refuse("pem", own.key_fault(why)),
                    PublicKeyFault::Common(fault) => kept = with_faults(kept, &[fault]),
                }
            }
        }
        AddPublicKeyRefusal::Known => kept.refuse("pem", own.known),
        AddPublicKeyRefusal::TooMany => kept.refuse("pem", own.too_many),
        AddPublicKeyRefusal::LiveNotOpen => {
            return not_done(&keys_path(id, environment), own.live_refused).await;
        }
        AddPublicKeyRefusal::Access(refusal) => return refused(refusal),
    }
    kept.send_back(NEW_PUBLIC_KEY_FORM, &here(&new_public_key_path(id, environment))).await
}

/// Gives a public key another name and other networks.
#[server(prefix = "/ui", endpoint = "change_public_key")]
pub(crate) async fn change_public_key(
    #[server(default)] application: String,
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] networks: String,
) -> Result<(), ServerFnError> {
    about(
        &application,
        |id| keys_path(id, Environment::Sandbox),
        async |services, member, id| {
            let Ok(key) = key.parse::<PublicKeyId>() else { return unknown() };
            let page = public_key_path(id, key);
            match services.change_public_key(&member, id, key, &name, &networks).await {
                Ok(()) => done(&page, texts().keys.done_changed).await,
                Err(EndPublicKeyRefusal::Faults(faults)) => {
                    let kept = FormFlash::new().keep("name", &name).keep_long("networks", &networks);
                    with_faults(kept, &faults).send_back(CHANGE_KEY_FORM, &here(&page)).await
                }
                Err(EndPublicKeyRefusal::Ended) => not_done(&page, texts().keys.ended_before).await,
                Err(EndPublicKeyRefusal::Access(refusal)) => refused(refusal),
            }
        },
    )
    .await
}

/// Ends a public key, now or after a while.
#[server(prefix = "/ui", endpoint = "end_public_key")]
pub(crate) async fn end_public_key(
    #[server(default)] application: String,
    #[server(default)] key: String,
    #[server(default)] overlap: String,
) -> Result<(), ServerFnError> {
    about(
        &application,
        |id| keys_path(id, Environment::Sandbox),
        async |services, member, id| {
            let Ok(key) = key.parse::<PublicKeyId>() else { return unknown() };
            let page = public_key_path(id, key);
            match services.end_public_key(&member, id, key, overlap.parse().unwrap_or(Overlap::Now)).await {
                Ok(()) => done(&page, texts().keys.done_changed).await,
                Err(EndPublicKeyRefusal::Ended | EndPublicKeyRefusal::Faults(_)) => {
                    not_done(&page, texts().keys.ended_before).await
                }
                Err(EndPublicKeyRefusal::Access(refusal)) => refused(refusal),
            }
        },
    )
    .await
}
