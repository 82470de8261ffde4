//! Turning the second step at sign-in on and off.

use super::{
    account::{done, unconfirmed},
    entry::{here, poster, refuse_for_now, services},
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash, answer::session},
    pages::console::totp::{CODE_FORM, REPLACE_FORM, START_FORM, STOP_FORM, TOTP_PATH},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::identity::second_step::{ConfirmTotpRefusal, RecoveryCodes, StartTotpRefusal};
use tallyport_service::{Member, Services};
use zeroize::Zeroizing;

/// Where the session keeps new recovery codes, sealed, until they were shown.
const FRESH_CODES: &str = "fresh_recovery_codes";

/// Makes a secret for the authenticator.
#[server(prefix = "/ui", endpoint = "start_totp")]
pub(crate) async fn start_totp(#[server(default)] password: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(TOTP_PATH) else { return Ok(()) };
    if let Err(fault) = start(&member, Zeroizing::new(password)).await {
        fault.report();
    }
    Ok(())
}

async fn start(member: &Member, password: Zeroizing<String>) -> Result<(), Fault> {
    let flash = match services()?.start_totp(member, password).await {
        // The page says by itself how things stand.
        Ok(()) | Err(StartTotpRefusal::AlreadyOn) => return to_page(),
        Err(StartTotpRefusal::Confirm(refusal)) => unconfirmed(FormFlash::new(), refusal)?,
        Err(StartTotpRefusal::Service(error)) => return Err(error.into()),
    };
    flash.send_back(START_FORM, &here(TOTP_PATH)).await
}

/// Turns the second step on.
#[server(prefix = "/ui", endpoint = "confirm_totp")]
pub(crate) async fn confirm_totp(#[server(default)] code: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(TOTP_PATH) else { return Ok(()) };
    if let Err(fault) = confirm(&member, &code).await {
        fault.report();
    }
    Ok(())
}

async fn confirm(member: &Member, code: &str) -> Result<(), Fault> {
    let services = services()?;
    let mut flash = FormFlash::new();
    match services.confirm_totp(member, code.trim()).await {
        Ok(codes) => return show_once(&services, member, &codes).await,
        Err(ConfirmTotpRefusal::Wrong) => flash.refuse("code", texts().my_account.code_wrong),
        Err(ConfirmTotpRefusal::TooManyTries(refused)) => flash = refuse_for_now(flash, refused),
        Err(ConfirmTotpRefusal::Service(error)) => return Err(error.into()),
    }
    flash.send_back(CODE_FORM, &here(TOTP_PATH)).await
}

/// Turns the second step off.
#[server(prefix = "/ui", endpoint = "stop_totp")]
pub(crate) async fn stop_totp(#[server(default)] password: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(TOTP_PATH) else { return Ok(()) };
    if let Err(fault) = stop(&member, Zeroizing::new(password)).await {
        fault.report();
    }
    Ok(())
}

async fn stop(member: &Member, password: Zeroizing<String>) -> Result<(), Fault> {
    match services()?.stop_totp(member, password).await {
        Ok(()) => done("second-step"),
        Err(refusal) => unconfirmed(FormFlash::new(), refusal)?.send_back(STOP_FORM, &here(TOTP_PATH)).await,
    }
}

/// Makes new recovery codes in place of the old.
#[server(prefix = "/ui", endpoint = "replace_recovery_codes")]
pub(crate) async fn replace_recovery_codes(#[server(default)] password: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(TOTP_PATH) else { return Ok(()) };
    if let Err(fault) = replace(&member, Zeroizing::new(password)).await {
        fault.report();
    }
    Ok(())
}

async fn replace(member: &Member, password: Zeroizing<String>) -> Result<(), Fault> {
    let services = services()?;
    match services.replace_recovery_codes(member, password).await {
        Ok(Some(codes)) => show_once(&services, member, &codes).await,
        Ok(None) => to_page(),
        Err(refusal) => unconfirmed(FormFlash::new(), refusal)?.send_back(REPLACE_FORM, &here(TOTP_PATH)).await,
    }
}

/// Lets the next page of this session show the codes. They lie in it sealed: the table of sessions
/// is readable to whoever reads a backup.
async fn show_once(services: &Services, member: &Member, codes: &RecoveryCodes) -> Result<(), Fault> {
    let session = session().ok_or(Fault::Missing("no session was provided"))?;
    session.insert(FRESH_CODES, services.seal_recovery_codes(member, codes)).await?;
    to_page()
}

/// The codes that may be shown now. They are gone after.
pub(crate) async fn take_fresh_codes(services: &Services, member: &Member) -> Result<Vec<Zeroizing<String>>, Fault> {
    let Some(session) = session() else { return Ok(Vec::new()) };
    match session.remove::<String>(FRESH_CODES).await? {
        Some(sealed) => Ok(services.open_recovery_codes(member, &sealed).await?),
        None => Ok(Vec::new()),
    }
}

fn to_page() -> Result<(), Fault> {
    AnswerParts::current().see_other(&here(TOTP_PATH));
    Ok(())
}
