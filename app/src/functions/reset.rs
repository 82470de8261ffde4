//! Forgotten passwords.

use super::entry::{here, refuse_for_now, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::{
        forgot::{FORGOT_FORM, FORGOT_PATH, FORGOT_SENT_PATH},
        reset::{RESET_FORM, reset_path},
        sign_in::PASSWORD_RESET_PATH,
    },
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::{ForgotRefusal, ResetRefusal};
use zeroize::Zeroizing;

/// Mails a link where there is such an account, and says the same where there is none.
#[server(prefix = "/ui", endpoint = "forgot")]
pub(crate) async fn forgot(#[server(default)] email: String) -> Result<(), ServerFnError> {
    if let Err(fault) = mail_link(&email).await {
        fault.report();
    }
    Ok(())
}

async fn mail_link(email: &str) -> Result<(), Fault> {
    match services()?.forgot_password(visit().client_address, email).await {
        Ok(()) => {
            AnswerParts::current().see_other(&here(FORGOT_SENT_PATH));
            Ok(())
        }
        Err(ForgotRefusal::TooManyTries(refused)) => {
            let flash = refuse_for_now(FormFlash::new().keep("email", email), refused);
            flash.send_back(FORGOT_FORM, &here(FORGOT_PATH)).await
        }
        Err(ForgotRefusal::Service(error)) => Err(error.into()),
    }
}

/// Replaces a password by its link.
#[server(prefix = "/ui", endpoint = "reset")]
pub(crate) async fn reset(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), ServerFnError> {
    if let Err(fault) = replace_password(&token, Zeroizing::new(password)).await {
        fault.report();
    }
    Ok(())
}

async fn replace_password(token: &str, password: Zeroizing<String>) -> Result<(), Fault> {
    let mut flash = FormFlash::new();
    match services()?.reset_password(visit().client_address, token, password).await {
        Ok(()) => {
            AnswerParts::current().see_other(&here(PASSWORD_RESET_PATH));
            return Ok(());
        }
        // The page says by itself that the link does not work.
        Err(ResetRefusal::Link) => {}
        Err(ResetRefusal::Password(fault)) => {
            let (field, message) = texts().account.fault(fault.into());
            flash.refuse(field, message);
        }
        Err(ResetRefusal::TooManyTries(refused)) => flash = refuse_for_now(flash, refused),
        Err(ResetRefusal::Service(error)) => return Err(error.into()),
    }
    flash.send_back(RESET_FORM, &reset_path(token)).await
}
