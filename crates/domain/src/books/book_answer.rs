//! Booking what a channel said about a payment.

use crate::books::step::Step;
use crate::books::{IdempotencyScope, Operation, Outcome, Refusal, StoredAnswer};
use crate::channel::{ChannelAnswer, FailureCode};
use crate::ids::{ObjectId, PaymentId};
use crate::ledger::EntryRefusal;
use crate::payment::{Payment, PaymentState};

pub(super) fn apply(step: &mut Step<'_, '_>, id: PaymentId, answer: ChannelAnswer) -> Result<Outcome, Refusal> {
    let before = step.books.payments.get(&id).cloned().ok_or(Refusal::NoSuchPayment { payment: id })?;
    let was_waiting = before.state == PaymentState::Processing;
    let payment = move_on(step, before, answer)?;
    let event = step.tell_payment(&payment);
    if was_waiting {
        answer_the_call(step, &payment, event);
    }
    step.put_payment(payment);
    Ok(Outcome::Done { event })
}

/// An account that cannot take the money ends the payment; it does not leave it processing for ever.
fn move_on(step: &mut Step<'_, '_>, before: Payment, answer: ChannelAnswer) -> Result<Payment, Refusal> {
    let (payment, postings) = before.clone().answered(answer, step.now_ms)?;
    match step.post(&postings, ObjectId::Payment(before.asked.id)) {
        Ok(()) => Ok(payment),
        Err(EntryRefusal::AccountFull { .. }) => {
            let full = ChannelAnswer::Failed(FailureCode::AccountLimit);
            Ok(before.answered(full, step.now_ms)?.0)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// The call that made the payment waited for this.
fn answer_the_call(step: &mut Step<'_, '_>, payment: &Payment, event: usize) {
    let scope = IdempotencyScope {
        application_id: payment.asked.application_id,
        environment: payment.asked.environment,
        operation: Operation::CreatePayment,
        key: payment.idempotency_key.clone(),
    };
    if let Some(record) = step.books.idempotency.get_mut(&scope) {
        record.answer = Some(StoredAnswer::Event(event));
    }
    if !step.books.changes.idempotency_made.contains(&scope) {
        step.books.changes.idempotency_answered.push((scope, payment.event_count));
    }
}
