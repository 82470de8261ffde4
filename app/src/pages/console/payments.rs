//! The payments of one application.

use super::{
    application::{application_path, payments_path},
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    list_place::{ListPlace, PAGE_ROWS, neighbours, page_of},
    member_page::{id_in_path, member_page},
    payment_table::PaymentTable,
    sandbox_call::try_it_path,
};
use crate::{
    components::{Breadcrumbs, ButtonKind, ButtonLink, Crumb, EmptyState, IconName},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    Environment,
    ids::{AppId, PaymentId},
    payment::Payment,
};
use tallyport_service::ApplicationRecord;

#[component]
pub(crate) fn PaymentsPage() -> impl IntoView {
    let id = id_in_path::<AppId>("application");
    let place = ListPlace::current::<PaymentId>();
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        let found =
            services.list_member_payments(&member, id, Environment::Sandbox, place.before(), PAGE_ROWS + 1).await?;
        Ok(Some(page(application, &place, found)))
    })
}

fn page(application: ApplicationRecord, place: &ListPlace, found: Vec<Payment>) -> AnyView {
    let texts = &texts().console;
    let here = payments_path(application.id);
    let way = vec![
        Crumb::link(texts.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(application.id)),
        Crumb::here(texts.payments),
    ];
    let content = if found.is_empty() { empty(place, here.clone(), application.id) } else { list(place, found, &here) };
    view! {
        <MemberFrame title=texts.payments current=here application=Some(application)>
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{texts.payments}</h1>
            </div>
            {content}
        </MemberFrame>
    }
    .into_any()
}

fn empty(place: &ListPlace, here: String, id: AppId) -> AnyView {
    let texts = &texts().console;
    if !place.is_first() {
        return view! {
            <EmptyState icon=IconName::Payment title=texts.no_older_title text=texts.no_older_text>
                <ButtonLink href=here>{texts.to_first_page}</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState icon=IconName::Payment title=texts.no_payments_title text=texts.no_payments_text>
            <ButtonLink href=try_it_path(id) kind=ButtonKind::Primary>{texts.try_it}</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

fn list(place: &ListPlace, found: Vec<Payment>, here: &str) -> AnyView {
    let texts = &texts().console;
    let (payments, more) = page_of(found);
    let last = payments.last().filter(|_| more);
    let older = last.map(|last| place.older(here, &last.asked.id.to_string()));
    view! {
        <div class="stack-tight">
            <PaymentTable caption=texts.payments payments=payments />
            {neighbours(place.newer(here), older)}
            <LocalTimes />
        </div>
    }
    .into_any()
}
