//! Signing up. New and known addresses are answered alike, down to the page that follows.

use super::entry::{here, services};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::{
        sign_in::{SIGN_IN_FORM, SIGNED_UP_PATH},
        sign_up::{SIGN_UP_FORM, SIGN_UP_PATH},
    },
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::{self, SignUpFault, SignUpRefusal};
use zeroize::Zeroizing;

/// Makes an account and sends the person on to sign in.
#[server(prefix = "/ui", endpoint = "sign_up")]
pub(crate) async fn sign_up(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> Result<(), ServerFnError> {
    let answered = answer(&name, &email, Zeroizing::new(password)).await;
    if let Err(fault) = answered {
        fault.report();
    }
    Ok(())
}

async fn answer(name: &str, email: &str, password: Zeroizing<String>) -> Result<(), Fault> {
    let refusal = services()?.sign_up(identity::SignUp { name, email, password, language: visit().language }).await;
    match refusal {
        // The address is kept for the next form, so that only the password is typed again.
        Ok(()) => FormFlash::new().keep("email", email.trim()).send_back(SIGN_IN_FORM, &here(SIGNED_UP_PATH)).await,
        Err(SignUpRefusal::Faults(faults)) => {
            let kept = FormFlash::new().keep("name", name).keep("email", email);
            refused(kept, &faults).send_back(SIGN_UP_FORM, &here(SIGN_UP_PATH)).await
        }
        Err(SignUpRefusal::Service(error)) => Err(error.into()),
    }
}

/// The form with what is wrong beside each field, in the reader's language.
pub(super) fn refused(mut kept: FormFlash, faults: &[SignUpFault]) -> FormFlash {
    for fault in faults {
        let (field, message) = texts().account.fault(*fault);
        kept.refuse(field, message);
    }
    kept
}
