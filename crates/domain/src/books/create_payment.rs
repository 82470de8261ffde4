//! Making a payment: once per order that is not paid yet, decided at once where the channel can.

use crate::books::step::Step;
use crate::books::{CreatePayment, OrderKey, Outcome, Refusal, consent};
use crate::ids::ObjectId;
use crate::payment::{NewPayment, Payment, PaymentState};
use crate::schedule::CALL_LEASE_MS;

pub(super) fn apply(step: &mut Step<'_, '_>, create: &CreatePayment) -> Result<Outcome, Refusal> {
    match step.books.orders.get(&OrderKey::of(&create.payment)) {
        Some((payment, status)) if status.is_paid() => return Err(Refusal::OrderAlreadyPaid { payment: *payment }),
        Some((payment, status)) if !status.frees_the_order() => {
            return Err(Refusal::OrderInProgress { payment: *payment });
        }
        _ => {}
    }
    let consented = consent::covering(step.books, &create.payment, step.platform_ms)?;
    let outcome = put_to_channel(step, create)?;
    if let Some(consented) = consented {
        consent::use_up(step.books, consented);
    }
    Ok(outcome)
}

fn put_to_channel(step: &mut Step<'_, '_>, create: &CreatePayment) -> Result<Outcome, Refusal> {
    let id = ObjectId::Payment(create.payment.id);
    let fee = step.books.fee_of(&create.payment);
    let asked = NewPayment { fee, ..create.payment.clone() };
    let made = Payment::create(asked, create.keyed.scope.key.clone(), step.now_ms);
    match create.decided {
        Some(answer) if made.state == PaymentState::Processing => {
            let (payment, postings) = made.clone().answered(answer, step.now_ms)?;
            step.post(&postings, id)?;
            step.tell_payment(&made);
            let event = step.tell_payment(&payment);
            step.remember(&create.keyed, id, Some(event));
            let due_at_ms = payment.state.due_at_ms();
            step.add_payment(payment, due_at_ms);
            Ok(Outcome::Done { event })
        }
        _ if made.state == PaymentState::Processing => {
            step.tell_payment(&made);
            step.remember(&create.keyed, id, None);
            step.add_payment(made.clone(), Some(step.now_ms.saturating_add(CALL_LEASE_MS)));
            Ok(Outcome::Waiting(Box::new(made)))
        }
        _ => {
            let event = step.tell_payment(&made);
            step.remember(&create.keyed, id, Some(event));
            let due_at_ms = made.state.due_at_ms();
            step.add_payment(made, due_at_ms);
            Ok(Outcome::Done { event })
        }
    }
}
