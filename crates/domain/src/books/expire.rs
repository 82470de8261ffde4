//! Ending a payment whose time is over.

use crate::books::step::Step;
use crate::books::{Outcome, Refusal};
use crate::ids::PaymentId;

pub(super) fn apply(step: &mut Step<'_, '_>, id: PaymentId) -> Result<Outcome, Refusal> {
    let payment = step.books.payments.get(&id).cloned().ok_or(Refusal::NoSuchPayment { payment: id })?;
    let payment = payment.expire(step.now_ms)?;
    let event = step.tell_payment(&payment);
    step.put_payment(payment);
    Ok(Outcome::Done { event })
}
