//! Ending a payment whose time is over, or what is left of its hold.

use crate::books::step::Step;
use crate::books::{EventKind, Outcome, Refusal};
use crate::ids::PaymentId;
use crate::payment::PaymentState;

pub(super) fn apply(step: &mut Step<'_, '_>, id: PaymentId) -> Result<Outcome, Refusal> {
    let payment = step.books.payments.get(&id).cloned().ok_or(Refusal::NoSuchPayment { payment: id })?;
    let payment = payment.expire(step.now_ms)?;
    let event = match payment.state {
        PaymentState::Taken(_) => step.tell_that_payment(EventKind::PaymentHoldEnded, &payment),
        _ => step.tell_payment(&payment),
    };
    step.put_payment(payment);
    Ok(Outcome::Done { event })
}
