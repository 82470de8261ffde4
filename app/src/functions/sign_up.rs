//! Signing up. New and known addresses are answered alike, down to the page that follows.

use super::entry::{here, refuse_for_now, services};
use crate::{
    fault::Fault,
    forms::{FormFlash, answer::session},
    pages::{
        sign_up::{SIGN_UP_FORM, sign_up_path},
        verify::{VERIFY_FORM, VERIFY_PATH},
    },
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::{self, SignUpFault, SignUpProof, SignUpRefusal};
use zeroize::Zeroizing;

/// Where the session keeps that it signed up, so that the link of the mail asks for no password here.
const SIGN_UP_PROOF: &str = "sign_up_proof";

/// Makes an account and sends the person on to their mail.
#[server(prefix = "/ui", endpoint = "sign_up")]
pub(crate) async fn sign_up(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] token: String,
) -> Result<(), ServerFnError> {
    let answered = answer(&name, &email, Zeroizing::new(password), &token).await;
    if let Err(fault) = answered {
        fault.report();
    }
    Ok(())
}

async fn answer(name: &str, email: &str, password: Zeroizing<String>, token: &str) -> Result<(), Fault> {
    let visit = visit();
    let sign_up = identity::SignUp { name, email, password, language: visit.language };
    let invitation = Some(token).filter(|token| !token.is_empty());
    let mut kept = FormFlash::new().keep("name", name).keep("email", email);
    match services()?.sign_up(visit.client_address, invitation, sign_up).await {
        Ok(proof) => {
            keep_proof(&proof).await?;
            // The next page says where the mail went, and a form for signing in has the address.
            FormFlash::new().keep("email", email.trim()).send_back(VERIFY_FORM, &here(VERIFY_PATH)).await
        }
        Err(SignUpRefusal::Faults(faults)) => {
            refused(kept, &faults).send_back(SIGN_UP_FORM, &sign_up_path(invitation)).await
        }
        // The page says by itself that nobody may.
        Err(SignUpRefusal::Closed) => kept.send_back(SIGN_UP_FORM, &sign_up_path(None)).await,
        Err(SignUpRefusal::NotInvited) => {
            kept.refuse("email", texts().entrance.not_invited);
            kept.send_back(SIGN_UP_FORM, &sign_up_path(invitation)).await
        }
        Err(SignUpRefusal::TooManyTries(refused)) => {
            refuse_for_now(kept, refused).send_back(SIGN_UP_FORM, &sign_up_path(invitation)).await
        }
        Err(SignUpRefusal::Service(error)) => Err(error.into()),
    }
}

/// Lets this session use the link of the mail without the password.
pub(super) async fn keep_proof(proof: &SignUpProof) -> Result<(), Fault> {
    let session = session().ok_or(Fault::Missing("no session was provided"))?;
    session.insert(SIGN_UP_PROOF, proof.reveal()).await?;
    Ok(())
}

/// What this session kept when it signed up.
pub(crate) async fn kept_proof() -> Result<Option<String>, Fault> {
    match session() {
        Some(session) => Ok(session.get(SIGN_UP_PROOF).await?),
        None => Ok(None),
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
