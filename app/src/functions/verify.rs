//! The links of mails that show an address to be somebody's.

use super::{
    entry::{CONSOLE_PATH, begin_session, here, refuse_for_now, services},
    sign_up::kept_proof,
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::verify::{VERIFY_FORM, verify_path},
    pages::verify_address::{ADDRESS_CHANGED_PATH, VERIFY_ADDRESS_FORM, verify_address_path},
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::{ConfirmEmailRefusal, VerifyRefusal};
use zeroize::Zeroizing;

/// Uses the link of the mail after signing up, and signs in.
#[server(prefix = "/ui", endpoint = "verify")]
pub(crate) async fn verify(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ServerFnError> {
    if let Err(fault) = answer(&token, Zeroizing::new(password)).await {
        fault.report();
    }
    Ok(())
}

async fn answer(token: &str, password: Zeroizing<String>) -> Result<(), Fault> {
    let proof = kept_proof().await?;
    let mut flash = FormFlash::new();
    match services()?.verify_email(visit().client_address, token, proof.as_deref(), password).await {
        Ok(entrance) => {
            begin_session(&entrance).await?;
            AnswerParts::current().see_other(&here(CONSOLE_PATH));
            return Ok(());
        }
        // The page says by itself that the link does not work.
        Err(VerifyRefusal::Link) => {}
        Err(VerifyRefusal::Password) => flash.refuse("password", texts().entrance.verify_wrong),
        Err(VerifyRefusal::TooManyTries(refused)) => flash = refuse_for_now(flash, refused),
        Err(VerifyRefusal::Service(error)) => return Err(error.into()),
    }
    flash.send_back(VERIFY_FORM, &verify_path(token)).await
}

/// Uses the link of the mail that moves an account to another address.
#[server(prefix = "/ui", endpoint = "confirm_email")]
pub(crate) async fn confirm_email(#[server(default)] token: String) -> Result<(), ServerFnError> {
    if let Err(fault) = move_account(&token).await {
        fault.report();
    }
    Ok(())
}

async fn move_account(token: &str) -> Result<(), Fault> {
    let flash = match services()?.confirm_email(visit().client_address, token).await {
        Ok(()) => {
            AnswerParts::current().see_other(&here(ADDRESS_CHANGED_PATH));
            return Ok(());
        }
        Err(ConfirmEmailRefusal::Link) => FormFlash::new(),
        Err(ConfirmEmailRefusal::TooManyTries(refused)) => refuse_for_now(FormFlash::new(), refused),
        Err(ConfirmEmailRefusal::Service(error)) => return Err(error.into()),
    };
    flash.send_back(VERIFY_ADDRESS_FORM, &verify_address_path(token)).await
}
