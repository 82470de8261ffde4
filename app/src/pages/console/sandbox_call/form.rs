//! The form that makes the call.

use super::CALL_FORM;
use crate::{
    components::{Button, ButtonKind, Card},
    forms::{Field, FieldKind, Form, FormFlash, Select},
    functions::{CallForm, TRY_IT_ACTION},
    sandbox_call::SandboxCall,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{ids::AppId, payment};
use tallyport_service::{Services, ports::random_bytes};

/// What the fields hold before anything is entered.
pub(super) struct Prefilled(CallForm);

impl Prefilled {
    /// A new order and a new key; the rest as in the last call, so that one thing is changed at a time.
    pub(super) fn draw(services: &Services, last: Option<&SandboxCall>) -> Self {
        let mark = u64::from_be_bytes(random_bytes(services.randomness()));
        let defaults = CallForm {
            order_id: format!("T-{:08x}", mark >> 32),
            amount: "100.00".to_owned(),
            currency: "USD".to_owned(),
            method: payment::Card::Ok.as_str().to_owned(),
            description: String::new(),
            idempotency_key: format!("try-{mark:016x}"),
        };
        let sent = last.and_then(|call| serde_json::from_str::<CallForm>(&call.request.body).ok());
        Self(match sent {
            Some(sent) => CallForm { order_id: defaults.order_id, idempotency_key: defaults.idempotency_key, ..sent },
            None => defaults,
        })
    }
}

#[component]
pub(super) fn CallFields(application: AppId, kept: FormFlash, prefilled: Prefilled) -> impl IntoView {
    let texts = &texts().try_it;
    let Prefilled(form) = prefilled;
    let methods = payment::Card::ALL
        .iter()
        .map(|card| (card.as_str().to_owned(), format!("{}: {}", card.as_str(), texts.card(*card))))
        .collect();
    view! {
        <Card title=format!("{} · POST /v1/payments", texts.form_title)>
            <Form name=CALL_FORM action=TRY_IT_ACTION flash=kept>
                <input type="hidden" name="application" value=application.to_string() />
                <div class="try-it-fields">
                    <Field
                        name="order_id"
                        label=texts.order_id
                        hint=texts.order_id_hint
                        value=form.order_id
                        autocomplete="off"
                    />
                    <Field
                        name="idempotency_key"
                        label=texts.idempotency_key
                        hint=texts.idempotency_key_hint
                        value=form.idempotency_key
                        autocomplete="off"
                        optional=true
                    />
                    <Select name="method" label=texts.method options=methods value=form.method />
                    <Field
                        name="amount"
                        label=texts.amount
                        kind=FieldKind::Money
                        value=form.amount
                        autocomplete="off"
                    />
                    <Field
                        name="currency"
                        label=texts.currency
                        value=form.currency
                        autocomplete="off"
                    />
                    <Field
                        name="description"
                        label=texts.description
                        value=form.description
                        autocomplete="off"
                        optional=true
                    />
                </div>
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary>{texts.send}</Button>
                </div>
            </Form>
        </Card>
    }
}

/// Sends a call once more, to the letter.
pub(super) fn send_again(application: AppId, call: &SandboxCall) -> impl IntoView + use<> {
    let texts = &texts().try_it;
    let mut form: CallForm = serde_json::from_str(&call.request.body).unwrap_or_default();
    let key = call.request.headers.iter().find(|(name, _)| name == "Idempotency-Key");
    form.idempotency_key = key.map(|(_, key)| key.clone()).unwrap_or_default();
    let fields = form
        .fields()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned() /> })
        .collect_view();
    view! {
        <Form name="try_it_again" action=TRY_IT_ACTION>
            <input type="hidden" name="application" value=application.to_string() />
            {fields}
            <div class="row">
                <Button>{texts.send_again}</Button>
                <span class="soft small">{texts.send_again_hint}</span>
            </div>
        </Form>
    }
}
