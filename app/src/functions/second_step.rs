//! The code after the password.

use super::entry::{CONSOLE_PATH, begin_session, here, refuse_for_now, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash, answer::session},
    pages::{
        second_step::{SECOND_STEP_FORM, SECOND_STEP_PATH},
        sign_in::LAPSED_PATH,
    },
    site_path::SitePath,
    visit::{texts, visit},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use tallyport_service::identity::second_step::{PendingEntrance, SecondStepAnswer};
use tower_sessions::Session;

/// Where the session, which is nobody's yet, keeps who is about to sign in.
const PENDING: &str = "second_step";

#[derive(Serialize, Deserialize)]
struct Pending {
    entrance: PendingEntrance,
    return_to: Option<String>,
}

/// Sends somebody who has shown the password on to the page that asks for the code. The id of the
/// session changes here too: from now on it is worth something.
pub(crate) async fn ask_for_code(entrance: PendingEntrance, return_to: Option<SitePath>) -> Result<(), Fault> {
    let session = current()?;
    session.clear().await;
    session.cycle_id().await?;
    let return_to = return_to.map(|path| path.as_str().to_owned());
    session.insert(PENDING, Pending { entrance, return_to }).await?;
    AnswerParts::current().see_other(&here(SECOND_STEP_PATH));
    Ok(())
}

/// Whether a code is what this session waits for.
pub(crate) async fn is_code_awaited() -> Result<bool, Fault> {
    match session() {
        Some(session) => Ok(session.get::<Pending>(PENDING).await?.is_some()),
        None => Ok(false),
    }
}

/// Signs in whoever shows the code.
#[server(prefix = "/ui", endpoint = "second_step")]
pub(crate) async fn second_step(#[server(default)] code: String) -> Result<(), ServerFnError> {
    if let Err(fault) = answer(&code).await {
        fault.report();
    }
    Ok(())
}

async fn answer(code: &str) -> Result<(), Fault> {
    let session = current()?;
    let Some(pending) = session.get::<Pending>(PENDING).await? else { return lapsed(&session).await };
    let mut flash = FormFlash::new();
    match services()?.pass_second_step(visit().client_address, &pending.entrance, code).await? {
        SecondStepAnswer::Passed(entrance) => {
            begin_session(&entrance).await?;
            let return_to = pending.return_to.and_then(|path| SitePath::parse(&path));
            AnswerParts::current().see_other(&return_to.unwrap_or_else(|| here(CONSOLE_PATH)));
            return Ok(());
        }
        SecondStepAnswer::Lapsed => return lapsed(&session).await,
        SecondStepAnswer::Wrong => flash.refuse("code", texts().entrance.code_wrong),
        SecondStepAnswer::TooManyTries(refused) => flash = refuse_for_now(flash, refused),
    }
    flash.send_back(SECOND_STEP_FORM, &here(SECOND_STEP_PATH)).await
}

async fn lapsed(session: &Session) -> Result<(), Fault> {
    session.remove::<Pending>(PENDING).await?;
    AnswerParts::current().see_other(&here(LAPSED_PATH));
    Ok(())
}

fn current() -> Result<Session, Fault> {
    session().ok_or(Fault::Missing("no session was provided"))
}
