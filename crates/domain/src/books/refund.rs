//! Giving a payment's money back: never more than was taken, whether it is back or on its way.

use crate::Money;
use crate::books::step::Step;
use crate::books::{MakeMovement, Outcome, Refusal};
use crate::ids::{HolderId, PaymentId};
use crate::movement::{Movement, MovementKind, MovementState, RefundTo};
use crate::payment::{MoveRefusal, Payment, PaymentState};

pub(super) fn apply(
    step: &mut Step<'_, '_>,
    make: &MakeMovement,
    of: PaymentId,
    to_holder: Option<HolderId>,
) -> Result<Outcome, Refusal> {
    let payment = step.own_payment(&make.keyed, of)?;
    let amount = match make.amount {
        Some(amount) => amount,
        None => everything_left(&payment)?,
    };
    let payment = payment.begin_refund(amount)?;
    let channel = payment.asked.method.channel().expect("only a channel takes money");
    // What was paid from a wallet goes back there anyway.
    let to = match to_holder.filter(|_| payment.asked.payer.is_none()) {
        Some(holder) => RefundTo::ChannelOr(holder),
        None => RefundTo::Channel,
    };
    let made = make.begin(MovementKind::Refund { payment: of, channel, to }, amount, step.now_ms);
    let (refund, mut postings) = made.decided(make.decided, step.now_ms)?;
    if refund.state == MovementState::Succeeded {
        postings.extend(payment.returning(amount));
    }
    step.post(&postings, made.id)?;

    let payment = match refund.state {
        MovementState::Succeeded => payment.end_refund(amount, step.now_ms)?,
        MovementState::Failed { .. } => payment.give_up_refund(amount)?,
        MovementState::Processing | MovementState::Unknown { .. } => payment,
    };
    let event = step.tell_made_movement(&made, &refund);
    if refund.state == MovementState::Succeeded {
        step.tell_payment(&payment);
    }
    step.remember(&make.keyed, make.id, Some(event));
    step.put_payment(payment);
    let due_at_ms = refund.due_at_ms(step.now_ms);
    step.add_movement(refund, due_at_ms);
    Ok(Outcome::Done { event })
}

fn everything_left(payment: &Payment) -> Result<Money, MoveRefusal> {
    let refundable_minor = match payment.state {
        PaymentState::Taken(taken) => taken.refundable_minor(),
        _ => 0,
    };
    let refundable = Money::from_minor(refundable_minor, payment.asked.amount.currency());
    match (payment.state, refundable_minor) {
        (PaymentState::Taken(_), 0) => Err(MoveRefusal::AboveRefundable { refundable }),
        _ => Ok(refundable),
    }
}

/// What the end of a refund means to its payment.
pub(super) fn settle(step: &mut Step<'_, '_>, of: PaymentId, refund: &Movement) -> Result<Option<Payment>, Refusal> {
    let payment = step.books.payments.get(&of).cloned().ok_or(Refusal::NoSuchPayment { payment: of })?;
    Ok(match refund.state {
        MovementState::Succeeded => Some(payment.end_refund(refund.amount, step.now_ms)?),
        MovementState::Failed { .. } => Some(payment.give_up_refund(refund.amount)?),
        MovementState::Processing | MovementState::Unknown { .. } => None,
    })
}
