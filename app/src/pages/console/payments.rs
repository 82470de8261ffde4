//! The payments of one application: searched, turned page by page, taken away as a file.

use super::{
    application::{application_path, payments_path},
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    list_place::{ListPlace, PAGE_ROWS, neighbours, page_of},
    member_page::{id_in_path, member_page},
    money::world::{in_world, world_tabs},
    payment_filter::{PaymentFilterForm, PaymentSearch},
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
    let search = PaymentSearch::current();
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(application) = services.find_application(&member, id).await? else { return Ok(None) };
        let found = match search.filter() {
            Some(filter) => {
                let (environment, before) = (search.environment(), place.before());
                services.list_member_payments(&member, id, environment, &filter, before, PAGE_ROWS + 1).await?
            }
            None => Vec::new(),
        };
        Ok(Some(page(application, search, &place, found)))
    })
}

fn page(application: ApplicationRecord, search: PaymentSearch, place: &ListPlace, found: Vec<Payment>) -> AnyView {
    let console = &texts().console;
    let (id, environment) = (application.id, search.environment());
    let path = payments_path(id);
    let way = vec![
        Crumb::link(console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::here(console.payments),
    ];
    let file = (!found.is_empty()).then(|| {
        let href = search.address(&format!("{path}.csv"));
        view! { <ButtonLink href=href>{texts().money.download}</ButtonLink> }
    });
    // Whoever has never taken a payment has nothing to search.
    let has_any = !found.is_empty() || search.is_narrowed() || !place.is_first();
    let form = has_any.then(|| view! { <PaymentFilterForm path=path.clone() search=search.clone() /> });
    let tabs = world_tabs(environment, |of| search.in_world(of).address(&path));
    let content = if found.is_empty() { empty(&search, place, id) } else { list(place, found, &search.address(&path)) };
    view! {
        <MemberFrame
            title=console.payments
            current=path.clone()
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{console.payments}</h1>
                {file}
            </div>
            {tabs}
            <div class="console-sections">{form} {content}</div>
        </MemberFrame>
    }
    .into_any()
}

fn empty(search: &PaymentSearch, place: &ListPlace, id: AppId) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    let all = in_world(&payments_path(id), search.environment());
    let (title, text, href, step) = if !place.is_first() {
        (console.no_older_title, console.no_older_text, search.address(&payments_path(id)), console.to_first_page)
    } else if search.is_narrowed() {
        (own.none_fits_title, own.none_fits_text, all, texts().applications.show_all)
    } else if search.environment() == Environment::Live {
        (console.no_payments_title, own.none_live_text, payments_path(id), texts().keys.sandbox)
    } else {
        (console.no_payments_title, console.no_payments_text, try_it_path(id), console.try_it)
    };
    view! {
        <EmptyState icon=IconName::Payment title=title text=text>
            <ButtonLink href=href kind=ButtonKind::Primary>{step}</ButtonLink>
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
