//! Giving a payment's money back by hand.

use super::{
    confirmed_form::{ConfirmedSubmit, fresh_key},
    movement_form::outcome_field,
    world::in_world,
};
use crate::{
    components::{Breadcrumbs, ButtonLink, Card, Crumb, KeyValue, KeyValues},
    forms::{Field, FieldKind, Form, FormFlash},
    pages::console::{
        application::payments_path,
        frame::MemberFrame,
        member_page::{id_in_path, member_page},
        money_text::money_text,
        payment::payment_path,
    },
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Environment, ids::PaymentId, payment::Payment};
use tallyport_service::{ApplicationRecord, console::power_to_move};

/// The form's name, under which a refused one is kept.
pub(crate) const REFUND_FORM: &str = "refund";

#[component]
pub(crate) fn RefundPage() -> impl IntoView {
    let id = id_in_path::<PaymentId>("payment");
    member_page(move |services, member| async move {
        let Some(id) = id else { return Ok(None) };
        let Some(payment) = services.find_member_payment(&member, id).await? else { return Ok(None) };
        let found = services.find_application_of_member(&member, payment.asked.application_id).await?;
        // Whoever may only look has nothing to do here.
        let found = found.filter(|found| found.role.may(power_to_move(payment.asked.environment)));
        let Some(found) = found else { return Ok(None) };
        let flash = FormFlash::take(REFUND_FORM).await;
        Ok(Some(page(found.application, &payment, flash, fresh_key(&services))))
    })
}

fn page(application: ApplicationRecord, payment: &Payment, flash: FormFlash, key: String) -> AnyView {
    let (own, console) = (&texts().money, &texts().console);
    let asked = &payment.asked;
    let (id, environment) = (asked.id, asked.environment);
    let way = vec![
        Crumb::link(console.payments, in_world(&payments_path(application.id), environment)),
        Crumb::link(asked.order_id.to_string(), payment_path(id)),
        Crumb::here(own.refund),
    ];
    let facts = vec![
        KeyValue::new(console.order, asked.order_id.to_string()),
        KeyValue::new(console.captured_amount, money_text(payment.captured())),
        KeyValue::new(own.refunded, money_text(payment.refunded())),
        KeyValue::new(own.refundable, money_text(payment.refundable())),
    ];
    let form = if payment.refundable().minor() > 0 {
        view! { <RefundForm payment=payment.clone() flash=flash key=key /> }.into_any()
    } else {
        view! {
            <p>{own.nothing_to_refund}</p>
            <ButtonLink href=payment_path(id)>{own.to_payment}</ButtonLink>
        }
        .into_any()
    };
    view! {
        <MemberFrame
            title=own.refund
            current=payments_path(application.id)
            application=Some(application)
            environment=environment
        >
            <Breadcrumbs way=way />
            <div class="page-head">
                <h1>{own.refund}</h1>
            </div>
            <div class="console-form">
                <Card title=console.details>
                    <KeyValues facts=facts />
                </Card>
                {form}
            </div>
        </MemberFrame>
    }
    .into_any()
}

#[component]
fn RefundForm(payment: Payment, flash: FormFlash, key: String) -> impl IntoView {
    let (own, console) = (&texts().money, &texts().console);
    let left = payment.refundable();
    let is_sandbox = payment.asked.environment == Environment::Sandbox;
    view! {
        <Form name=REFUND_FORM action="/ui/make_refund" flash=flash>
            <input type="hidden" name="payment" value=payment.asked.id.to_string() />
            <input type="hidden" name="key" value=key />
            <Field
                name="amount"
                label=format!("{} ({})", console.amount, left.currency())
                hint=own.at_most(&money_text(left))
                kind=FieldKind::Money
                value=left.amount()
                autocomplete="off"
            />
            <Field
                name="description"
                label=console.description
                autocomplete="off"
                optional=true
            />
            {is_sandbox.then(outcome_field)}
            <ConfirmedSubmit id="confirm-refund" action=own.refund question=own.refund_question />
        </Form>
    }
}
