//! The texts that commit together with what they tell of: the bodies of events, and the answers
//! that repeated requests will get.

use serde::Serialize;
use tallyport_contract::event::Event;
use tallyport_contract::payment::Payment;
use tallyport_domain::books::{Books, StoredAnswer};
use tallyport_domain::payment::Payment as DomainPayment;
use tallyport_storage::lane::Rendered;

/// The status that a made payment is answered with.
const CREATED: u16 = 201;

/// Everything that the wire will see of these changes.
pub(super) fn render(books: &Books, calls_due_at_ms: i64) -> Rendered {
    let changes = &books.changes;
    Rendered {
        events: changes.events.iter().map(|event| text(&Event::from(event))).collect(),
        answers: changes.payments_answered.iter().map(|id| made_answer(&books.payments[id])).collect(),
        calls_due_at_ms,
    }
}

/// How a call that made a payment is answered, now and whenever it is repeated.
pub(crate) fn made_answer(payment: &DomainPayment) -> StoredAnswer {
    StoredAnswer { status: CREATED, body: text(&Payment::from(payment)) }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("wire types hold nothing that JSON cannot say")
}
