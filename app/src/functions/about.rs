//! What the forms about applications and teams have in common: whose they are, and what happens when
//! somebody may not.

use super::entry::{here, poster, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    site_path::SitePath,
};
use http::StatusCode;
use leptos::prelude::{ServerFnError, use_context};
use leptos_axum::ResponseOptions;
use std::{future::Future, str::FromStr};
use tallyport_service::{Member, Services, teams::AccessRefusal};

/// Under which name a page keeps what it says once, such as "Saved".
pub(crate) const NOTICE: &str = "notice";
/// The field of it.
pub(crate) const NOTICE_TEXT: &str = "text";

/// Answers a form about a thing that the form names by its id. Whoever is not signed in is sent to do
/// so and then to the thing's page.
pub(super) async fn about<T, F>(
    id: &str,
    page: impl FnOnce(T) -> String,
    answer: impl FnOnce(Services, Member, T) -> F,
) -> Result<(), ServerFnError>
where
    T: FromStr + Copy,
    F: Future<Output = Result<(), Fault>>,
{
    let Ok(id) = id.parse::<T>() else {
        set_status(StatusCode::NOT_FOUND);
        return Ok(());
    };
    let Some(member) = poster(&page(id)) else { return Ok(()) };
    let answered = async { answer(services()?, member, id).await };
    if let Err(fault) = answered.await {
        fault.report();
    }
    Ok(())
}

/// Says no in the way that fits: what somebody may not know of is not found.
pub(super) fn refused(refusal: AccessRefusal) -> Result<(), Fault> {
    let status = match refusal {
        AccessRefusal::Unknown => StatusCode::NOT_FOUND,
        AccessRefusal::Role => StatusCode::FORBIDDEN,
        AccessRefusal::Closed => StatusCode::CONFLICT,
        AccessRefusal::Service(error) => return Err(error.into()),
    };
    set_status(status);
    Ok(())
}

/// Goes to a page that says what was done.
pub(super) async fn done(page: &str, notice: &str) -> Result<(), Fault> {
    FormFlash::new().keep(NOTICE_TEXT, notice).send_back(NOTICE, &here(page)).await
}

/// Goes to a page that says what could not be done.
pub(super) async fn not_done(page: &str, why: &str) -> Result<(), Fault> {
    let mut notice = FormFlash::new();
    notice.refuse(NOTICE_TEXT, why);
    notice.send_back(NOTICE, &here(page)).await
}

/// Goes to a page.
pub(super) fn go(page: &str) {
    AnswerParts::current().see_other(&SitePath::parse(page).unwrap_or_default());
}

/// A bare status; the server makes the page of it.
pub(super) fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}
