//! Putting money into the caller's balance and taking it out, through a channel.

use crate::books::step::Step;
use crate::books::{MakeMovement, MovementAsked, Outcome, Refusal};
use crate::movement::MovementKind;

pub(super) fn apply(step: &mut Step<'_, '_>, make: &MakeMovement) -> Result<Outcome, Refusal> {
    let kind = match make.asked {
        MovementAsked::TopUp { channel } => MovementKind::TopUp { channel },
        MovementAsked::Withdrawal { channel } => MovementKind::Withdrawal { channel },
        MovementAsked::Refund { .. } | MovementAsked::Transfer { .. } => {
            unreachable!("refunds and transfers have rules of their own")
        }
    };
    let amount = make.amount.expect("only a refund may leave its amount open");
    let made = make.begin(kind, amount, step.now_ms);
    let (movement, postings) = made.decided(make.decided, step.now_ms)?;
    step.post(&postings, made.id)?;
    let event = step.tell_made_movement(&made, &movement);
    step.remember(&make.keyed, make.id, Some(event));
    let due_at_ms = movement.due_at_ms(step.now_ms);
    step.add_movement(movement, due_at_ms);
    Ok(Outcome::Done { event })
}
