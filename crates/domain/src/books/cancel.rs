//! Calling a payment off before money was taken.

use crate::books::step::Step;
use crate::books::{Keyed, Outcome, Refusal};
use crate::ids::{ObjectId, PaymentId};

pub(super) fn apply(step: &mut Step<'_, '_>, keyed: &Keyed, id: PaymentId) -> Result<Outcome, Refusal> {
    let payment = step.own_payment(keyed, id)?.cancel(step.now_ms)?;
    let event = step.tell_payment(&payment);
    step.remember(keyed, ObjectId::Payment(id), Some(event));
    step.put_payment(payment);
    Ok(Outcome::Done { event })
}
