//! Ending one's sessions.

use super::{
    account::done,
    entry::{poster, services, session_key},
};
use crate::{fault::Fault, pages::console::account::ACCOUNT_PATH};
use leptos::prelude::*;
use tallyport_service::Member;

/// Ends one session. Where there is none any more, nothing is left to do.
#[server(prefix = "/ui", endpoint = "end_session")]
pub(crate) async fn end_session(#[server(default)] session: String) -> Result<(), ServerFnError> {
    let Some(member) = poster(ACCOUNT_PATH) else { return Ok(()) };
    if let Err(fault) = end_one(&member, &session).await {
        fault.report();
    }
    Ok(())
}

async fn end_one(member: &Member, handle: &str) -> Result<(), Fault> {
    services()?.end_session(member, handle).await?;
    done("session")
}

/// Ends every session but this one.
#[server(prefix = "/ui", endpoint = "end_other_sessions")]
pub(crate) async fn end_other_sessions() -> Result<(), ServerFnError> {
    let Some(member) = poster(ACCOUNT_PATH) else { return Ok(()) };
    if let Err(fault) = end_others(&member).await {
        fault.report();
    }
    Ok(())
}

async fn end_others(member: &Member) -> Result<(), Fault> {
    let current = session_key().ok_or(Fault::Missing("a member has no session"))?;
    services()?.end_other_sessions(member, &current).await?;
    done("sessions")
}
