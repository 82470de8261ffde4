//! Signing out.

use super::entry::{end_session, here};
use crate::{forms::AnswerParts, pages::sign_in::SIGNED_OUT_PATH};
use leptos::prelude::*;

/// Ends the session, here and in the database, so that a copy of its cookie is worth nothing.
#[server(prefix = "/ui", endpoint = "sign_out")]
pub(crate) async fn sign_out() -> Result<(), ServerFnError> {
    match end_session().await {
        Ok(()) => AnswerParts::current().see_other(&here(SIGNED_OUT_PATH)),
        Err(fault) => {
            fault.report();
        }
    }
    Ok(())
}
