//! The first administrator, by the link that the server printed.

use super::{
    entry::{CONSOLE_PATH, begin_session, here, refuse_for_now, services},
    sign_up::refused,
};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::setup::{SETUP_FORM, setup_path},
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::{ClaimRefusal, SignUp};
use zeroize::Zeroizing;

/// Makes the holder of the link the first administrator and signs them in.
#[server(prefix = "/ui", endpoint = "setup")]
pub(crate) async fn setup(
    #[server(default)] token: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<(), ServerFnError> {
    let answered = answer(&token, &name, &email, Zeroizing::new(password)).await;
    if let Err(fault) = answered {
        fault.report();
    }
    Ok(())
}

async fn answer(token: &str, name: &str, email: &str, password: Zeroizing<String>) -> Result<(), Fault> {
    let claim = services()?
        .claim_first_administrator(
            visit().client_address,
            token,
            SignUp { name, email, password, language: visit().language },
        )
        .await;
    let mut kept = FormFlash::new().keep("name", name).keep("email", email);
    match claim {
        Ok(entrance) => {
            begin_session(&entrance).await?;
            AnswerParts::current().see_other(&here(CONSOLE_PATH));
            return Ok(());
        }
        // The page says by itself that the link does not work.
        Err(ClaimRefusal::Link) => {}
        Err(ClaimRefusal::EmailTaken) => kept.refuse("email", texts().account.setup_taken),
        Err(ClaimRefusal::Faults(faults)) => kept = refused(kept, &faults),
        Err(ClaimRefusal::TooManyTries(refused)) => kept = refuse_for_now(kept, refused),
        Err(ClaimRefusal::Service(error)) => return Err(error.into()),
    }
    kept.send_back(SETUP_FORM, &setup_path(token)).await
}
