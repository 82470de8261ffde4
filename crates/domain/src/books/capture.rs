//! Taking money that is held: all of it or a part, as often as there is something left.

use crate::books::step::Step;
use crate::books::{CapturePayment, EventKind, Outcome, Refusal};
use crate::ids::ObjectId;

pub(super) fn apply(step: &mut Step<'_, '_>, capture: &CapturePayment) -> Result<Outcome, Refusal> {
    let id = ObjectId::Payment(capture.payment);
    let before = step.own_payment(&capture.keyed, capture.payment)?;
    let (payment, postings) = before.capture(capture.amount, capture.is_final, step.now_ms)?;
    step.post(&postings, id)?;
    // Also when some of it was given back before.
    let event = step.tell_that_payment(EventKind::PaymentCaptured, &payment);
    step.remember(&capture.keyed, id, Some(event));
    step.put_payment(payment);
    Ok(Outcome::Done { event })
}
