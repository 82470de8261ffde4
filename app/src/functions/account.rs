//! What people change about their own account.

use super::entry::{begin_session, end_session, here, poster, refuse_for_now, services, session_key};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    language::language_of_code,
    pages::{
        console::account::{ACCOUNT_PATH, CLOSE_FORM, EMAIL_FORM, PASSWORD_FORM, PROFILE_FORM, noticed},
        sign_in::CLOSED_PATH,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::Member;
use tallyport_service::identity::{
    ChangeEmailRefusal, ChangePasswordRefusal, CloseAccountRefusal, ConfirmRefusal, ProfileRefusal,
};
use zeroize::Zeroizing;

/// Changes name and language.
#[server(prefix = "/ui", endpoint = "change_profile")]
pub(crate) async fn change_profile(
    #[server(default)] name: String,
    #[server(default)] language: String,
) -> Result<(), ServerFnError> {
    let Some(member) = poster(ACCOUNT_PATH) else { return Ok(()) };
    if let Err(fault) = profile(&member, &name, &language).await {
        fault.report();
    }
    Ok(())
}

async fn profile(member: &Member, name: &str, language: &str) -> Result<(), Fault> {
    let chosen = language_of_code(language).unwrap_or(member.language);
    match services()?.change_profile(member, name, chosen).await {
        Ok(()) => done("profile"),
        Err(ProfileRefusal::Name) => {
            let mut flash = FormFlash::new().keep("name", name).keep("language", language);
            flash.refuse("name", texts().account.fault_name);
            flash.send_back(PROFILE_FORM, &here(ACCOUNT_PATH)).await
        }
        Err(ProfileRefusal::Service(error)) => Err(error.into()),
    }
}

/// Mails a link to a new address.
#[server(prefix = "/ui", endpoint = "change_email")]
pub(crate) async fn change_email(
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<(), ServerFnError> {
    let Some(member) = poster(ACCOUNT_PATH) else { return Ok(()) };
    if let Err(fault) = email_address(&member, &email, Zeroizing::new(password)).await {
        fault.report();
    }
    Ok(())
}

async fn email_address(member: &Member, email: &str, password: Zeroizing<String>) -> Result<(), Fault> {
    let mut flash = FormFlash::new().keep("email", email);
    match services()?.change_email(member, email, password).await {
        Ok(()) => return done("email"),
        Err(ChangeEmailRefusal::Email) => flash.refuse("email", texts().my_account.email_fault),
        Err(ChangeEmailRefusal::Confirm(refusal)) => flash = unconfirmed(flash, refusal)?,
        Err(ChangeEmailRefusal::TooManyTries(refused)) => flash = refuse_for_now(flash, refused),
        Err(ChangeEmailRefusal::Service(error)) => return Err(error.into()),
    }
    flash.send_back(EMAIL_FORM, &here(ACCOUNT_PATH)).await
}

/// Changes the password. This session goes on under another id, every other one ends.
#[server(prefix = "/ui", endpoint = "change_password")]
pub(crate) async fn change_password(
    #[server(default)] password: String,
    #[server(default)] new_password: String,
) -> Result<(), ServerFnError> {
    let Some(member) = poster(ACCOUNT_PATH) else { return Ok(()) };
    if let Err(fault) = another_password(&member, Zeroizing::new(password), Zeroizing::new(new_password)).await {
        fault.report();
    }
    Ok(())
}

async fn another_password(member: &Member, old: Zeroizing<String>, new: Zeroizing<String>) -> Result<(), Fault> {
    let current = session_key().ok_or(Fault::Missing("a member has no session"))?;
    let mut flash = FormFlash::new();
    match services()?.change_password(member, &current, old, new).await {
        Ok(entrance) => {
            begin_session(&entrance).await?;
            return done("password");
        }
        Err(ChangePasswordRefusal::Confirm(refusal)) => flash = unconfirmed(flash, refusal)?,
        Err(ChangePasswordRefusal::Password(fault)) => {
            let (_, message) = texts().account.fault(fault.into());
            flash.refuse("new_password", message);
        }
        Err(ChangePasswordRefusal::Service(error)) => return Err(error.into()),
    }
    flash.send_back(PASSWORD_FORM, &here(ACCOUNT_PATH)).await
}

/// Closes the account of whoever types its address.
#[server(prefix = "/ui", endpoint = "close_account")]
pub(crate) async fn close_account(#[server(default)] email: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(ACCOUNT_PATH) else { return Ok(()) };
    if let Err(fault) = close(&member, &email).await {
        fault.report();
    }
    Ok(())
}

async fn close(member: &Member, email: &str) -> Result<(), Fault> {
    let mut flash = FormFlash::new().keep("email", email);
    let texts = &texts().my_account;
    match services()?.close_account(member, email).await {
        Ok(()) => {
            end_session().await?;
            AnswerParts::current().see_other(&here(CLOSED_PATH));
            return Ok(());
        }
        Err(CloseAccountRefusal::NotTyped) => flash.refuse("email", texts.close_not_typed),
        Err(CloseAccountRefusal::LastAdministrator) => flash.refuse("email", texts.close_last_administrator),
        Err(CloseAccountRefusal::OnlyOwner { team }) => {
            flash.refuse("email", format!("{}{team}", texts.close_only_owner));
        }
        Err(CloseAccountRefusal::Service(error)) => return Err(error.into()),
    }
    flash.send_back(CLOSE_FORM, &here(ACCOUNT_PATH)).await
}

/// The form of somebody who did not show the password.
pub(super) fn unconfirmed(mut flash: FormFlash, refusal: ConfirmRefusal) -> Result<FormFlash, Fault> {
    match refusal {
        ConfirmRefusal::Wrong => flash.refuse("password", texts().my_account.password_wrong),
        ConfirmRefusal::TooManyTries(refused) => flash = refuse_for_now(flash, refused),
        ConfirmRefusal::Service(error) => return Err(error.into()),
    }
    Ok(flash)
}

/// Back to the page, which says what was done.
pub(super) fn done(what: &str) -> Result<(), Fault> {
    AnswerParts::current().see_other(&noticed(what));
    Ok(())
}
