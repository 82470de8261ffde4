//! What account holders post: signing in and out, their decisions, and taking consents back.

use super::entry::{here, refuse_for_now, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    holder_visit::{holder_visit, session_secret, set_session},
    pages::holder::{
        CONSENT_PATH, DEVICE_PATH, HOLDER_PATH, SignInBecause,
        device::DEVICE_FORM,
        holder_sign_in_path,
        sign_in::{HOLDER_SIGN_IN_FORM, HOLDER_SIGNED_OUT_PATH, page_path},
    },
    percent_encoding::percent_encoded,
    site_path::SitePath,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::{
    authorization::{Consent, DecisionRefusal},
    holders::{Holder, HolderSignIn as SignedIn},
};
use zeroize::Zeroizing;

/// Begins a holder's session.
#[server(prefix = "/ui", endpoint = "holder_sign_in")]
pub(crate) async fn holder_sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] return_to: String,
    #[server(default)] because: String,
) -> Result<(), ServerFnError> {
    let return_to = SitePath::parse(&return_to);
    reported(sign_in(&email, Zeroizing::new(password), return_to, SignInBecause::of_code(&because)).await)
}

async fn sign_in(
    email: &str,
    password: Zeroizing<String>,
    return_to: Option<SitePath>,
    because: SignInBecause,
) -> Result<(), Fault> {
    let mut flash = FormFlash::new().keep("email", email);
    match services()?.sign_in_holder(visit().client_address, email, password).await? {
        SignedIn::SignedIn { session, .. } => {
            // Whoever was signed in before in this browser is signed out: the secret is another one.
            if let Some(earlier) = session_secret() {
                services()?.sign_out_holder(&earlier).await?;
            }
            set_session(Some(session.reveal()));
            AnswerParts::current().see_other(&return_to.unwrap_or_else(|| here(HOLDER_PATH)));
            return Ok(());
        }
        SignedIn::Wrong => flash.refuse("password", texts().account.wrong),
        SignedIn::TooManyTries(refused) => flash = refuse_for_now(flash, refused),
    }
    flash.send_back(HOLDER_SIGN_IN_FORM, &page_path(return_to.as_ref(), because)).await
}

/// Ends a holder's session, here and in the database.
#[server(prefix = "/ui", endpoint = "holder_sign_out")]
pub(crate) async fn holder_sign_out() -> Result<(), ServerFnError> {
    reported(sign_out().await)
}

async fn sign_out() -> Result<(), Fault> {
    if let Some(secret) = session_secret() {
        services()?.sign_out_holder(&secret).await?;
    }
    set_session(None);
    AnswerParts::current().see_other(&here(HOLDER_SIGNED_OUT_PATH));
    Ok(())
}

/// Answers an application's request.
#[server(prefix = "/ui", endpoint = "decide_consent")]
pub(crate) async fn decide_consent(
    #[server(default)] request: String,
    #[server(default)] decision: String,
) -> Result<(), ServerFnError> {
    reported(decide(&request, &decision).await)
}

async fn decide(request: &str, decision: &str) -> Result<(), Fault> {
    let page = here(&format!("{CONSENT_PATH}?request={}", percent_encoded(request)));
    let Some(holder) = decider(&page) else { return Ok(()) };
    match services()?.decide_request(request, &holder, consent(decision)).await {
        Ok(url) => AnswerParts::current().leave_for(&url),
        Err(refusal) => send_back(refusal, &page)?,
    }
    Ok(())
}

/// Shows the device of a code.
#[server(prefix = "/ui", endpoint = "type_device_code")]
pub(crate) async fn type_device_code(#[server(default)] user_code: String) -> Result<(), ServerFnError> {
    let page = here(&format!("{DEVICE_PATH}?user_code={}", percent_encoded(&user_code)));
    let sent = match user_code.trim().is_empty() {
        true => {
            let mut flash = FormFlash::new();
            flash.refuse("user_code", texts().holder.device_unknown);
            flash.send_back(DEVICE_FORM, &here(DEVICE_PATH)).await
        }
        false => {
            AnswerParts::current().see_other(&page);
            Ok(())
        }
    };
    reported(sent)
}

/// Answers a device.
#[server(prefix = "/ui", endpoint = "decide_device")]
pub(crate) async fn decide_device(
    #[server(default)] user_code: String,
    #[server(default)] decision: String,
) -> Result<(), ServerFnError> {
    reported(decide_for_device(&user_code, &decision).await)
}

async fn decide_for_device(user_code: &str, decision: &str) -> Result<(), Fault> {
    let page = here(&format!("{DEVICE_PATH}?user_code={}", percent_encoded(user_code)));
    let Some(holder) = decider(&page) else { return Ok(()) };
    let consent = consent(decision);
    match services()?.decide_device(user_code, &holder, consent).await {
        Ok(()) => {
            let notice = if consent == Consent::Given { "allowed" } else { "refused" };
            AnswerParts::current().see_other(&here(&format!("{DEVICE_PATH}?notice={notice}")));
        }
        Err(refusal) => send_back(refusal, &page)?,
    }
    Ok(())
}

/// Takes a consent back.
#[server(prefix = "/ui", endpoint = "withdraw_grant")]
pub(crate) async fn withdraw_grant(#[server(default)] grant: String) -> Result<(), ServerFnError> {
    reported(withdraw(&grant).await)
}

async fn withdraw(grant: &str) -> Result<(), Fault> {
    let Some(holder) = decider(&here(HOLDER_PATH)) else { return Ok(()) };
    let was_withdrawn = match grant.parse() {
        Ok(id) => services()?.withdraw_grant(&holder, id).await?,
        Err(_) => false,
    };
    let notice = if was_withdrawn { "?notice=withdrawn" } else { "" };
    AnswerParts::current().see_other(&here(&format!("{HOLDER_PATH}{notice}")));
    Ok(())
}

/// Only the very word is a consent.
fn consent(decision: &str) -> Consent {
    if decision == "allow" { Consent::Given } else { Consent::Refused }
}

/// Who decides. Nobody is sent to sign in, and from there to the page.
fn decider(page: &SitePath) -> Option<Holder> {
    let holder = holder_visit().signed_in;
    if holder.is_none() {
        AnswerParts::current().see_other(&holder_sign_in_path(page, SignInBecause::Nobody));
    }
    holder
}

/// The page says by itself what has become of a request that is over.
fn send_back(refusal: DecisionRefusal, page: &SitePath) -> Result<(), Fault> {
    match refusal {
        DecisionRefusal::Service(error) => return Err(error.into()),
        DecisionRefusal::Gone => AnswerParts::current().see_other(page),
        DecisionRefusal::OtherHolder => {
            AnswerParts::current().see_other(&holder_sign_in_path(page, SignInBecause::Other));
        }
        DecisionRefusal::SignInAgain => {
            AnswerParts::current().see_other(&holder_sign_in_path(page, SignInBecause::Stale));
        }
    }
    Ok(())
}

fn reported(answer: Result<(), Fault>) -> Result<(), ServerFnError> {
    if let Err(fault) = answer {
        fault.report();
    }
    Ok(())
}
