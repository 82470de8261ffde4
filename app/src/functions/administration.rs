//! What administrators decide about people. Who may is asked by the service, in the transaction of the
//! change; the door here only spares others the form.

use super::entry::{here, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    functions::entry::sign_in_path,
    pages::admin::{
        decisions::{OUTCOME, Outcome, PERSON_NOTICE, ROLE_FORM, SUSPEND_FORM, UNSUSPEND_FORM},
        developers::{INVITE_FORM, INVITED},
        paths,
    },
    visit::{texts, visit},
};
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use tallyport_domain::ids::DeveloperId;
use tallyport_service::{
    Services,
    admin::{AdminRefusal, Administrator, Authority, InviteRefusal},
};

/// Who posted this form, as an administrator. Nobody is sent to sign in; others are refused.
pub(super) fn administrator(form_page: &str) -> Option<Authority> {
    let Some(member) = visit().signed_in else {
        AnswerParts::current().see_other(&sign_in_path(&here(form_page)));
        return None;
    };
    let administrator = Administrator::of(member).ok().map(Authority::Person);
    if administrator.is_none() {
        status(StatusCode::FORBIDDEN);
    }
    administrator
}

/// A bare status; the server makes the page of it.
pub(super) fn status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// What the page says where the service refused and no field of a form is to blame.
pub(super) fn refused(refusal: AdminRefusal) -> Result<(), Fault> {
    match refusal {
        AdminRefusal::Service(error) => return Err(error.into()),
        AdminRefusal::Unknown => status(StatusCode::NOT_FOUND),
        _ => status(StatusCode::FORBIDDEN),
    }
    Ok(())
}

/// Keeps somebody out.
#[server(prefix = "/ui", endpoint = "suspend_person")]
pub(crate) async fn suspend_person(
    #[server(default)] developer: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    decide(&developer, SUSPEND_FORM, &reason, async |services, by, id| {
        Ok(services.suspend_person(by, id, &reason).await?)
    })
    .await;
    Ok(())
}

/// Lets somebody in again.
#[server(prefix = "/ui", endpoint = "unsuspend_person")]
pub(crate) async fn unsuspend_person(
    #[server(default)] developer: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    decide(&developer, UNSUSPEND_FORM, &reason, async |services, by, id| {
        Ok(services.unsuspend_person(by, id, &reason).await?)
    })
    .await;
    Ok(())
}

/// Ends all sessions of somebody.
#[server(prefix = "/ui", endpoint = "end_sessions_of_person")]
pub(crate) async fn end_sessions_of_person(#[server(default)] developer: String) -> Result<(), ServerFnError> {
    decide(&developer, PERSON_NOTICE, "", async |services, by, id| {
        services.end_sessions_of_person(by, id).await?;
        Ok(())
    })
    .await;
    Ok(())
}

/// Mails the verification of an address once more.
#[server(prefix = "/ui", endpoint = "resend_verification_as")]
pub(crate) async fn resend_verification_as(#[server(default)] developer: String) -> Result<(), ServerFnError> {
    decide(&developer, PERSON_NOTICE, "", async |services, by, id| Ok(services.resend_verification_as(by, id).await?))
        .await;
    Ok(())
}

/// Makes somebody an administrator.
#[server(prefix = "/ui", endpoint = "make_administrator")]
pub(crate) async fn make_administrator(
    #[server(default)] developer: String,
    #[server(default)] confirm: String,
) -> Result<(), ServerFnError> {
    decide(&developer, ROLE_FORM, "", async |services, by, id| {
        confirmed(services, id, &confirm).await?;
        Ok(services.make_administrator(by, id).await?)
    })
    .await;
    Ok(())
}

/// Makes an administrator a developer like others.
#[server(prefix = "/ui", endpoint = "remove_administrator")]
pub(crate) async fn remove_administrator(
    #[server(default)] developer: String,
    #[server(default)] confirm: String,
) -> Result<(), ServerFnError> {
    decide(&developer, ROLE_FORM, "", async |services, by, id| {
        confirmed(services, id, &confirm).await?;
        Ok(services.remove_administrator(by, id).await?)
    })
    .await;
    Ok(())
}

/// Invites somebody to sign up.
#[server(prefix = "/ui", endpoint = "invite_to_sign_up")]
pub(crate) async fn invite_to_sign_up(#[server(default)] email: String) -> Result<(), ServerFnError> {
    let Some(by) = administrator(paths::DEVELOPERS) else { return Ok(()) };
    if let Err(fault) = invite(&by, &email).await {
        fault.report();
    }
    Ok(())
}

async fn invite(by: &Authority, email: &str) -> Result<(), Fault> {
    let page = here(paths::DEVELOPERS);
    match services()?.invite_to_sign_up(by, email, visit().language).await {
        Ok(()) => FormFlash::new().keep(INVITED, email.trim()).send_back(INVITE_FORM, &page).await,
        Err(InviteRefusal::Email) => {
            let mut kept = FormFlash::new().keep("email", email);
            kept.refuse("email", texts().admin_person.invite_fault);
            kept.send_back(INVITE_FORM, &page).await
        }
        Err(InviteRefusal::Admin(refusal)) => refused(refusal),
    }
}

/// Why a decision was not carried out.
enum Refusal {
    Admin(AdminRefusal),
    /// The address that was to be typed is another.
    Confirm,
}

impl From<AdminRefusal> for Refusal {
    fn from(refusal: AdminRefusal) -> Self {
        Self::Admin(refusal)
    }
}

/// A decision that gives the whole platform into somebody's hands, or takes it away, asks for their
/// address.
async fn confirmed(services: &Services, id: DeveloperId, typed: &str) -> Result<(), Refusal> {
    let found = services.find_person_by_email(typed).await.map_err(AdminRefusal::from)?;
    if found.is_some_and(|person| person.id == id) { Ok(()) } else { Err(Refusal::Confirm) }
}

/// Carries a decision about a person out, and leads back to their page, which says how it went.
async fn decide(
    developer: &str,
    form: &str,
    reason: &str,
    carry_out: impl AsyncFnOnce(&Services, &Authority, DeveloperId) -> Result<(), Refusal>,
) {
    let Some(by) = administrator(paths::DEVELOPERS) else { return };
    let Ok(id) = developer.parse::<DeveloperId>() else { return status(StatusCode::NOT_FOUND) };
    if let Err(fault) = answer(&by, id, form, reason, carry_out).await {
        fault.report();
    }
}

async fn answer(
    by: &Authority,
    id: DeveloperId,
    form: &str,
    reason: &str,
    carry_out: impl AsyncFnOnce(&Services, &Authority, DeveloperId) -> Result<(), Refusal>,
) -> Result<(), Fault> {
    let page = here(&paths::developer(id));
    let texts = &texts().admin_person;
    let outcome = match carry_out(&services()?, by, id).await {
        Ok(()) => Outcome::Done,
        Err(Refusal::Admin(AdminRefusal::NotNow)) => Outcome::NotNow,
        Err(Refusal::Admin(AdminRefusal::Oneself)) => Outcome::Oneself,
        Err(Refusal::Admin(AdminRefusal::LastAdministrator)) => Outcome::LastAdministrator,
        Err(Refusal::Admin(AdminRefusal::Reason)) => {
            let mut kept = FormFlash::new().keep("reason", reason);
            kept.refuse("reason", texts.reason_fault);
            return kept.send_back(form, &page).await;
        }
        Err(Refusal::Confirm) => {
            let mut kept = FormFlash::new();
            kept.refuse("confirm", texts.confirm_fault);
            return kept.send_back(form, &page).await;
        }
        Err(Refusal::Admin(refusal)) => return refused(refusal),
    };
    FormFlash::new().keep(OUTCOME, outcome.code()).send_back(PERSON_NOTICE, &page).await
}
