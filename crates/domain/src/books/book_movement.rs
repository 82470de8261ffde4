//! Booking what a channel said about a refund, a top-up or a withdrawal.

use crate::books::refund;
use crate::books::step::Step;
use crate::books::{Outcome, Refusal};
use crate::channel::{ChannelAnswer, FailureCode};
use crate::ids::ObjectId;
use crate::ledger::{EntryRefusal, Posting};
use crate::movement::{Movement, MovementKind, MovementState};
use crate::payment::Payment;

pub(super) fn apply(step: &mut Step<'_, '_>, id: ObjectId, answer: ChannelAnswer) -> Result<Outcome, Refusal> {
    let before = step.books.movements.get(&id).cloned().ok_or(Refusal::NoSuchMovement { movement: id })?;
    let (movement, payment) = move_on(step, before, answer)?;
    let event = step.tell_movement(&movement);
    if let Some(payment) = payment {
        if movement.state == MovementState::Succeeded {
            step.tell_payment(&payment);
        }
        step.put_payment(payment);
    }
    let due_at_ms = movement.due_at_ms(step.now_ms);
    step.put_movement(movement, due_at_ms);
    Ok(Outcome::Done { event })
}

/// An account that cannot take the money ends the movement; it does not leave it processing for ever.
fn move_on(
    step: &mut Step<'_, '_>,
    before: Movement,
    answer: ChannelAnswer,
) -> Result<(Movement, Option<Payment>), Refusal> {
    let (movement, posting) = before.clone().answered(answer, step.now_ms)?;
    let payment = match movement.kind {
        MovementKind::Refund { payment, .. } => refund::settle(step, payment, &movement)?,
        MovementKind::Transfer { .. } | MovementKind::TopUp { .. } | MovementKind::Withdrawal { .. } => None,
    };
    let returning = payment.as_ref().filter(|_| movement.state == MovementState::Succeeded);
    let returning = returning.and_then(|payment| payment.returning(movement.amount));
    let postings: Vec<Posting> = posting.into_iter().chain(returning).collect();
    match step.post(&postings, movement.id) {
        Ok(()) => Ok((movement, payment)),
        Err(EntryRefusal::AccountFull { .. }) if movement.state == MovementState::Succeeded => {
            move_on(step, before, ChannelAnswer::Failed(FailureCode::AccountLimit))
        }
        Err(refusal) => Err(refusal.into()),
    }
}
