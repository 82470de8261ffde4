//! One payment: what was asked, where it stands, how it got there, and what it did to the accounts.

use super::{
    application::{application_path, payments_path},
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    member_page::{id_in_path, member_page},
    money::{
        calls::call_list,
        movements::movement_table,
        paths::refund_path,
        postings::postings,
        timeline::{event_list, timeline},
        world::in_world,
    },
    money_text::money_text,
    notice,
    payment_facts::facts,
    payment_status::StatusBadge,
};
use crate::{
    components::{Breadcrumbs, ButtonLink, Card, Crumb, KeyValues},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_contract::payment::payer_path;
use tallyport_domain::{
    ids::{ObjectId, PaymentId},
    movement::Movement,
    payment::{Payment, PaymentState},
};
use tallyport_service::{
    ApplicationOfMember, EntryRecord, Member, ServiceError, Services,
    console::{CallRecord, ObjectEvent, power_to_move},
};

/// The page's address.
pub(crate) fn payment_path(id: PaymentId) -> String {
    format!("/console/payments/{id}")
}

/// Everything that the page shows.
struct Shown {
    found: ApplicationOfMember,
    payment: Payment,
    events: Vec<ObjectEvent>,
    calls: Vec<CallRecord>,
    entries: Vec<EntryRecord>,
    refunds: Vec<Movement>,
    notice: Option<AnyView>,
}

#[component]
pub(crate) fn PaymentPage() -> impl IntoView {
    let id = id_in_path::<PaymentId>("payment");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        Ok(load(&services, &member, id).await?.map(page))
    })
}

async fn load(services: &Services, member: &Member, id: PaymentId) -> Result<Option<Shown>, ServiceError> {
    let Some(payment) = services.find_member_payment(member, id).await? else { return Ok(None) };
    let found = services.find_application_of_member(member, payment.asked.application_id).await?;
    let Some(found) = found else { return Ok(None) };
    let object = ObjectId::Payment(id);
    Ok(Some(Shown {
        found,
        payment,
        events: services.list_member_events(member, object).await?,
        calls: services.list_member_calls(member, id).await?,
        entries: services.member_entries(member, object).await?.unwrap_or_default(),
        refunds: services.list_member_refunds(member, id).await?,
        notice: notice::take().await,
    }))
}

fn page(shown: Shown) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    let Shown { found, payment, events, calls, entries, refunds, notice } = shown;
    let application = found.application.clone();
    let (id, environment) = (application.id, payment.asked.environment);
    let order = payment.asked.order_id.to_string();
    let way = vec![
        Crumb::link(console.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(id)),
        Crumb::link(console.payments, in_world(&payments_path(id), environment)),
        Crumb::here(order.clone()),
    ];
    let facts = facts(&payment, &application);
    let (way_here, list) = (timeline(&events), event_list(&events));
    let (amount, status, steps) = (money_text(payment.asked.amount), payment.state.status(), steps(&found, &payment));
    let refunds = (!refunds.is_empty()).then(|| movement_table(own.refunds, &refunds));
    view! {
        <MemberFrame
            title=order
            current=payments_path(id)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <div class="row">
                    <h1>{amount}</h1>
                    <StatusBadge status=status />
                </div>
                <div class="row">{steps}</div>
            </div>
            <div class="console-sections">
                {notice} <div class="payment-sections">
                    <Card title=console.details>
                        <KeyValues facts=facts />
                    </Card>
                    <Card title=console.timeline>{way_here}</Card>
                </div> <section class="stack-tight" aria-label=texts().try_it.postings>
                    {postings(id, &entries)}
                </section> {refunds} {list} {call_list(calls)}
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}

/// What the reader may do about it.
fn steps(found: &ApplicationOfMember, payment: &Payment) -> AnyView {
    let own = &texts().money;
    let id = payment.asked.id;
    let is_open = found.application.closed_at_ms.is_none();
    let may_refund = is_open && found.role.may(power_to_move(payment.asked.environment));
    let refund = (may_refund && payment.refundable().minor() > 0)
        .then(|| view! { <ButtonLink href=refund_path(id)>{own.refund}</ButtonLink> });
    let payer = matches!(payment.state, PaymentState::RequiresAction { .. })
        .then(|| view! { <ButtonLink href=payer_path(id)>{own.payers_page}</ButtonLink> });
    view! {
        {refund}
        {payer}
    }
    .into_any()
}
