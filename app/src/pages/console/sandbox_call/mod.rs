//! "Try it": a form that makes a real sandbox call, and all that came of the last one.

mod exchange;
mod form;

use super::{
    application::application_path,
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    member_page::{id_in_path, member_page},
};
use crate::{
    components::{Breadcrumbs, ButtonLink, Crumb, PageHead},
    fault::Fault,
    forms::{FormFlash, answer::session},
    sandbox_call::SandboxCall,
    visit::texts,
};
use exchange::Exchange;
use form::{CallFields, Prefilled};
use leptos::prelude::*;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};
use tallyport_service::{ApplicationRecord, EntryRecord, Member, Services};

/// What the form is called, for what is kept of it.
pub(crate) const CALL_FORM: &str = "try_it";
/// Where the session keeps the last call.
pub(crate) const LAST_CALL: &str = "last_sandbox_call";

/// The page's address.
pub(crate) fn try_it_path(id: AppId) -> String {
    format!("{}/try", application_path(id))
}

/// The last call and what it did to the accounts.
struct Outcome {
    call: SandboxCall,
    payment_id: Option<PaymentId>,
    entries: Vec<EntryRecord>,
}

#[component]
pub(crate) fn SandboxCallPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        let kept = FormFlash::take(CALL_FORM).await;
        let outcome = last_outcome(&services, &member, id).await?;
        let prefilled = Prefilled::draw(&services, outcome.as_ref().map(|outcome| &outcome.call));
        Ok(Some(page(application, kept, prefilled, outcome)))
    })
}

/// The session may remember a call of another application; that one is not shown here.
async fn last_outcome(services: &Services, member: &Member, id: AppId) -> Result<Option<Outcome>, Fault> {
    let Some(session) = session() else { return Ok(None) };
    let call: Option<SandboxCall> = session.get(LAST_CALL).await?;
    let Some(call) = call.filter(|call| call.application_id == id.to_string()) else { return Ok(None) };
    let payment_id: Option<PaymentId> = call.answer.payment_id().and_then(|id| id.parse().ok());
    let entries = match payment_id {
        Some(id) => services.member_entries(member, ObjectId::Payment(id)).await?.unwrap_or_default(),
        None => Vec::new(),
    };
    Ok(Some(Outcome { call, payment_id, entries }))
}

fn page(application: ApplicationRecord, kept: FormFlash, prefilled: Prefilled, outcome: Option<Outcome>) -> AnyView {
    let console = &texts().console;
    let texts = &texts().try_it;
    let id = application.id;
    let way = vec![
        Crumb::link(console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::here(texts.title),
    ];
    view! {
        <MemberFrame title=texts.title current=try_it_path(id) application=Some(application)>
            <Breadcrumbs way=way />
            <PageHead title=texts.title lead=texts.lead>
                <ButtonLink href="/docs/api/createPayment">{texts.see_reference}</ButtonLink>
            </PageHead>
            <div class="stack">
                <CallFields application=id kept=kept prefilled=prefilled />
                {outcome.map(|outcome| view! { <Exchange application=id outcome=outcome /> })}
            </div>
        </MemberFrame>
    }
    .into_any()
}
