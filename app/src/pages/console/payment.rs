//! One payment: what was asked, where it stands and how it got there.

use super::{
    application::{application_path, payments_path},
    applications::APPLICATIONS_PATH,
    frame::MemberFrame,
    member_page::{id_in_path, member_page},
    money_text::money_text,
    payment_facts::{facts, steps},
    payment_status::StatusBadge,
};
use crate::{
    components::{Breadcrumbs, Card, Crumb, KeyValues, Timeline},
    islands::LocalTimes,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{ids::PaymentId, payment::Payment};
use tallyport_service::ApplicationRecord;

/// The page's address.
pub(super) fn payment_path(id: PaymentId) -> String {
    format!("/console/payments/{id}")
}

#[component]
pub(crate) fn PaymentPage() -> impl IntoView {
    let id = id_in_path::<PaymentId>("payment");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(payment) = services.find_member_payment(&member, id).await? else { return Ok(None) };
        let application = services.find_application(&member, payment.asked.application_id).await?;
        Ok(application.map(|application| page(application, payment)))
    })
}

fn page(application: ApplicationRecord, payment: Payment) -> AnyView {
    let texts = &texts().console;
    let order = payment.asked.order_id.to_string();
    let way = vec![
        Crumb::link(texts.applications, APPLICATIONS_PATH),
        Crumb::link(application.name.clone(), application_path(application.id)),
        Crumb::link(texts.payments, payments_path(application.id)),
        Crumb::here(order.clone()),
    ];
    let facts = facts(&payment, &application);
    view! {
        <MemberFrame
            title=order
            current=payments_path(application.id)
            application=Some(application)
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <div class="row">
                    <h1>{money_text(payment.asked.amount)}</h1>
                    <StatusBadge status=payment.state.status() />
                </div>
            </div>
            <div class="payment-sections">
                <Card title=texts.details>
                    <KeyValues facts=facts />
                </Card>
                <Card title=texts.timeline>
                    <Timeline steps=steps(&payment) />
                </Card>
            </div>
            <LocalTimes />
        </MemberFrame>
    }
    .into_any()
}
