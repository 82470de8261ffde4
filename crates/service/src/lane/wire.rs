//! The texts that commit together with what they tell of: the bodies of events. An answer is the
//! object as an event shows it, so that it is rendered and stored once.

use tallyport_contract::event::{Event, object_text};
use tallyport_domain::books::{Books, Outcome, StoredAnswer};
use tallyport_storage::lane::Rendered;

use super::Done;

/// Everything that the wire will see of these changes.
#[must_use]
pub fn render(books: &Books, public_url: &str) -> Rendered {
    let text = |event| {
        serde_json::to_string(&Event::of(event, public_url)).expect("wire types hold nothing that JSON cannot say")
    };
    Rendered { events: books.changes.events.iter().map(text).collect(), batch: None }
}

/// The outcome with the texts that were made for it.
pub(super) fn done(outcome: Outcome, rendered: &Rendered) -> Done {
    match outcome {
        Outcome::NonceUsed => Done::NonceUsed,
        Outcome::Waiting(payment) => Done::Waiting(payment),
        Outcome::Done { event } => Done::Answered(object(&rendered.events[event])),
        Outcome::Replayed(StoredAnswer::Event(event)) => Done::Replayed(object(&rendered.events[event])),
        Outcome::Replayed(StoredAnswer::Text(event)) => Done::Replayed(object(&event)),
    }
}

fn object(event: &str) -> String {
    object_text(event).expect("an event of ours holds its object").to_owned()
}
