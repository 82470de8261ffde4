//! What happened to a payment or a movement: its events, as steps and as they went over the wire.

use crate::{
    components::{Card, JsonView, Timeline, TimelineStep, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::books::EventKind;
use tallyport_service::console::ObjectEvent;

/// The steps, oldest first.
pub(in crate::pages::console) fn timeline(events: &[ObjectEvent]) -> AnyView {
    let steps = events
        .iter()
        .map(|event| TimelineStep {
            title: texts().money.event(event.kind).to_owned(),
            note: String::new(),
            at_ms: event.created_at_ms,
            tone: tone(event.kind),
        })
        .collect();
    view! { <Timeline steps=steps /> }.into_any()
}

/// Each event with its body.
pub(in crate::pages::console) fn event_list(events: &[ObjectEvent]) -> AnyView {
    let own = &texts().money;
    let items = events
        .iter()
        .map(|event| {
            let summary = format!("{} · {}", event.sequence, event.kind.as_str());
            let body = event.body.clone();
            view! {
                <details class="event">
                    <summary class="event-summary">
                        <code>{summary}</code>
                    </summary>
                    <JsonView json=body />
                </details>
            }
        })
        .collect_view();
    view! {
        <Card title=own.events>
            <div class="stack-tight">{items}</div>
        </Card>
    }
    .into_any()
}

const fn tone(kind: EventKind) -> Tone {
    match kind {
        EventKind::PaymentCaptured
        | EventKind::RefundSucceeded
        | EventKind::TransferSucceeded
        | EventKind::TopUpSucceeded
        | EventKind::WithdrawalSucceeded => Tone::Good,
        EventKind::PaymentFailed
        | EventKind::PaymentExpired
        | EventKind::RefundFailed
        | EventKind::TopUpFailed
        | EventKind::WithdrawalFailed => Tone::Bad,
        EventKind::PaymentRequiresAction
        | EventKind::PaymentAuthorized
        | EventKind::PaymentUnknown
        | EventKind::RefundUnknown
        | EventKind::TopUpUnknown
        | EventKind::WithdrawalUnknown => Tone::Note,
        EventKind::PaymentCreated
        | EventKind::PaymentHoldEnded
        | EventKind::PaymentPartiallyRefunded
        | EventKind::PaymentRefunded
        | EventKind::PaymentCanceled
        | EventKind::RefundCreated
        | EventKind::TopUpCreated
        | EventKind::WithdrawalCreated => Tone::Plain,
    }
}
