//! A payment as facts.

use super::{application::application_path, money_text::money_text};
use crate::{
    components::{CopyableId, KeyValue, Moment},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{
    channel::FailureCode,
    payment::{Payment, PaymentState},
};
use tallyport_service::ApplicationRecord;

/// What is known about the payment; what does not apply is left out.
pub(super) fn facts(payment: &Payment, application: &ApplicationRecord) -> Vec<KeyValue> {
    let own = &texts().money;
    let texts = &texts().console;
    let asked = &payment.asked;
    let (created, changed) = (payment.created_at_ms, payment.updated_at_ms);
    let (href, name) = (application_path(application.id), application.name.clone());
    let mut facts = vec![
        KeyValue::new(texts.id, view! { <CopyableId id=asked.id.to_string() /> }),
        KeyValue::new(texts.order, view! { <CopyableId id=asked.order_id.to_string() /> }),
        KeyValue::new(texts.amount, money_text(asked.amount)),
        KeyValue::new(texts.captured_amount, money_text(payment.captured())),
    ];
    let sums = [
        (own.refunded, payment.refunded()),
        (own.refunding, payment.refunding()),
        (own.capturable, payment.capturable()),
        (own.fee, payment.fee()),
    ];
    facts.extend(
        sums.into_iter().filter(|(_, sum)| sum.minor() > 0).map(|(name, sum)| KeyValue::new(name, money_text(sum))),
    );
    facts.push(KeyValue::new(texts.method, view! { <code>{asked.method.as_str()}</code> }));
    if let Some(payee) = asked.payee {
        facts.push(KeyValue::new(own.payee, view! { <CopyableId id=payee.to_string() /> }));
    }
    if let Some(instance) = &asked.instance {
        facts.push(KeyValue::new(own.instance, view! { <code>{instance.to_string()}</code> }));
    }
    if let Some(scene) = asked.scene {
        facts.push(KeyValue::new(own.scene, view! { <code>{scene.as_str()}</code> }));
    }
    if let PaymentState::Unknown { next_check_at_ms, checks } = payment.state {
        facts.push(KeyValue::new(own.next_check, next_check(next_check_at_ms, checks)));
    } else if let Some(at_ms) = payment.state.due_at_ms() {
        facts.push(KeyValue::new(own.expires, view! { <Moment at_ms=at_ms /> }));
    }
    if let PaymentState::Failed { failure } = payment.state {
        facts.push(KeyValue::new(texts.failure, failure_view(failure)));
    }
    if let Some(description) = &asked.description {
        facts.push(KeyValue::new(texts.description, description.as_str().to_owned()));
    }
    if let Some(url) = &asked.return_url {
        facts.push(KeyValue::new(own.return_url, view! { <code class="long-text">{url.as_str().to_owned()}</code> }));
    }
    facts.extend(
        asked.metadata.entries().iter().map(|(name, value)| KeyValue::new(format!("metadata.{name}"), value.clone())),
    );
    facts.extend([
        KeyValue::new(texts.application, view! { <a href=href>{name}</a> }),
        KeyValue::new(texts.idempotency_key, view! { <CopyableId id=payment.idempotency_key.as_str() /> }),
        KeyValue::new(texts.created, view! { <Moment at_ms=created /> }),
        KeyValue::new(texts.changed, view! { <Moment at_ms=changed /> }),
    ]);
    facts
}

/// When the channel is asked again, and how often it was.
pub(super) fn next_check(at_ms: i64, checks: u32) -> impl IntoView {
    view! {
        <Moment at_ms=at_ms />
        " · "
        {texts().money.checked(checks)}
    }
}

pub(super) fn failure_view(failure: FailureCode) -> impl IntoView {
    view! {
        <code>{failure.as_str()}</code>
        " "
        {texts().console.failure_reason(failure)}
    }
}
