//! A payment as facts and as a way through time.

use super::{application::application_path, money_text::money_text, payment_status::tone};
use crate::{
    components::{CopyableId, KeyValue, Moment, TimelineStep, Tone},
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
    let texts = &texts().console;
    let asked = &payment.asked;
    let (created, changed) = (payment.created_at_ms, payment.updated_at_ms);
    let (href, name) = (application_path(application.id), application.name.clone());
    let mut facts = vec![
        KeyValue::new(texts.id, view! { <CopyableId id=asked.id.to_string() /> }),
        KeyValue::new(texts.order, view! { <CopyableId id=asked.order_id.to_string() /> }),
        KeyValue::new(texts.amount, money_text(asked.amount)),
        KeyValue::new(texts.captured_amount, money_text(payment.captured())),
        KeyValue::new(texts.method, view! { <code>{asked.method.as_str()}</code> }),
    ];
    if let PaymentState::Failed { failure } = payment.state {
        facts.push(KeyValue::new(texts.failure, failure_view(failure)));
    }
    if let Some(description) = &asked.description {
        facts.push(KeyValue::new(texts.description, description.as_str().to_owned()));
    }
    facts.extend([
        KeyValue::new(texts.application, view! { <a href=href>{name}</a> }),
        KeyValue::new(texts.idempotency_key, view! { <CopyableId id=payment.idempotency_key.as_str() /> }),
        KeyValue::new(texts.created, view! { <Moment at_ms=created /> }),
        KeyValue::new(texts.changed, view! { <Moment at_ms=changed /> }),
    ]);
    facts
}

fn failure_view(failure: FailureCode) -> impl IntoView {
    view! {
        <code>{failure.as_str()}</code>
        " "
        {texts().console.failure_reason(failure)}
    }
}

/// What happened, in order.
pub(super) fn steps(payment: &Payment) -> Vec<TimelineStep> {
    let texts = &texts().console;
    let (title, note) = match payment.state {
        PaymentState::Processing => (texts.event_waiting, String::new()),
        PaymentState::Taken(_) => (texts.status(payment.state.status()), money_text(payment.captured())),
        PaymentState::Failed { failure } => (texts.event_failed, texts.failure_reason(failure).to_owned()),
        PaymentState::Unknown { .. } => (texts.event_unknown, String::new()),
        state => (texts.status(state.status()), String::new()),
    };
    let created = TimelineStep {
        title: texts.event_created.to_owned(),
        note: texts.event_created_note.to_owned(),
        at_ms: payment.created_at_ms,
        tone: Tone::Plain,
    };
    let latest = TimelineStep {
        title: title.to_owned(),
        note,
        at_ms: payment.updated_at_ms,
        tone: tone(payment.state.status()),
    };
    vec![created, latest]
}
