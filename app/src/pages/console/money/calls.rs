//! Which calls made and changed a payment.

use crate::{
    components::{Card, JsonView, Moment},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::console::CallRecord;

/// Each call with what was asked and the event that shows the answer.
pub(in crate::pages::console) fn call_list(calls: Vec<CallRecord>) -> AnyView {
    let own = &texts().money;
    let items = calls.into_iter().map(call).collect_view();
    view! {
        <Card title=own.calls>
            <div class="stack-tight">{items}</div>
        </Card>
    }
    .into_any()
}

fn call(call: CallRecord) -> AnyView {
    let own = &texts().money;
    let answer = match call.answer_sequence {
        Some(sequence) => own.answered_with.replace("{event}", &sequence.to_string()),
        None => own.under_way.to_owned(),
    };
    view! {
        <details class="event">
            <summary class="event-summary">
                <code>{call.operation.to_string()}</code>
                " · "
                <Moment at_ms=call.created_at_ms />
            </summary>
            <div class="stack-tight">
                <p>
                    {texts().console.idempotency_key} " " <code>{call.idempotency_key.to_string()}</code> " · " {answer}
                </p>
                <JsonView json=call.request />
            </div>
        </details>
    }
    .into_any()
}
