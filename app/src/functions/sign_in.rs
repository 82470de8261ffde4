//! Signing in.

use super::{
    entry::{CONSOLE_PATH, begin_session, here, refuse_for_now, services, sign_in_path},
    second_step::ask_for_code,
    sign_up::keep_proof,
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::sign_in::{NOTICE, SIGN_IN_FORM, SIGN_IN_PATH},
    site_path::SitePath,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::SignInAnswer;
use zeroize::Zeroizing;

/// Begins a session and goes where the person wanted to go. An unknown address and a wrong password
/// are answered alike.
#[server(prefix = "/ui", endpoint = "sign_in")]
pub(crate) async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let return_to = SitePath::parse(&return_to);
    if let Err(fault) = answer(&email, Zeroizing::new(password), return_to).await {
        fault.report();
    }
    Ok(())
}

async fn answer(email: &str, password: Zeroizing<String>, return_to: Option<SitePath>) -> Result<(), Fault> {
    let mut flash = FormFlash::new().keep("email", email);
    match services()?.try_sign_in(visit().client_address, email, password).await? {
        SignInAnswer::SignedIn(entrance) => {
            begin_session(&entrance).await?;
            AnswerParts::current().see_other(&return_to.unwrap_or_else(|| here(CONSOLE_PATH)));
            return Ok(());
        }
        SignInAnswer::SecondStep(pending) => return ask_for_code(pending, return_to).await,
        SignInAnswer::Unverified { proof: Some(proof) } => {
            keep_proof(&proof).await?;
            flash = flash.keep(NOTICE, "unverified");
        }
        SignInAnswer::Unverified { proof: None } => flash = flash.keep(NOTICE, "unverified-not-mailed"),
        SignInAnswer::Suspended => flash = flash.keep(NOTICE, "suspended"),
        SignInAnswer::Wrong => flash.refuse("password", texts().account.wrong),
        SignInAnswer::TooManyTries(refused) => flash = refuse_for_now(flash, refused),
    }
    let page = return_to.map_or_else(|| here(SIGN_IN_PATH), |path| sign_in_path(&path));
    flash.send_back(SIGN_IN_FORM, &page).await
}
