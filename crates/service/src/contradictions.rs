//! What channels say of objects that have ended otherwise. The books stay as they are; somebody has to find out where
//! the money is.

use tallyport_domain::books::Refusal;
use tallyport_domain::channel::ChannelAnswer;
use tallyport_domain::ids::ObjectId;
use tallyport_domain::movement::{AnswerTooLate, Movement, MovementStatus};
use tallyport_domain::payment::{MoveRefusal, PaymentStatus};

/// Tells the operator when an answer about a payment was refused and the payment stands otherwise.
pub(crate) fn tell_of_payment(refusal: &Refusal, answer: ChannelAnswer) {
    if let Refusal::Move(MoveRefusal::WrongState { payment, status }) = refusal
        && payment_contradicts(*status, answer)
    {
        tell(ObjectId::Payment(*payment), status.as_str(), answer);
    }
}

/// Tells the operator when an answer about a movement came after its end and the movement ended otherwise.
pub(crate) fn tell_of_movement(movement: &Movement, ended: &AnswerTooLate, answer: ChannelAnswer) {
    if movement_contradicts(movement, ended.status, answer) {
        tell(movement.id, ended.status.as_str(), answer);
    }
}

fn payment_contradicts(status: PaymentStatus, answer: ChannelAnswer) -> bool {
    match answer {
        ChannelAnswer::Approved => status.frees_the_order(),
        ChannelAnswer::Failed(_) => status.is_paid() || status == PaymentStatus::Authorized,
        ChannelAnswer::ActionRequired(_) | ChannelAnswer::Unknown => false,
    }
}

fn movement_contradicts(movement: &Movement, status: MovementStatus, answer: ChannelAnswer) -> bool {
    match answer {
        ChannelAnswer::Approved => status == MovementStatus::Failed,
        // A refund may have succeeded by the payer's wallet, just because the channel says so.
        ChannelAnswer::Failed(failure) if failure.leaves_the_balance() && movement.kind.holder().is_some() => false,
        ChannelAnswer::Failed(_) => status == MovementStatus::Succeeded,
        ChannelAnswer::ActionRequired(_) | ChannelAnswer::Unknown => false,
    }
}

fn tell(id: ObjectId, status: &'static str, answer: ChannelAnswer) {
    metrics::counter!("tallyport_channel_contradictions_total").increment(1);
    tracing::error!(
        object = %id,
        status,
        ?answer,
        "{id} ended as {status}, and its channel says {answer:?}: it has to be reconciled with the channel"
    );
}

#[cfg(test)]
mod tests {
    use tallyport_domain::channel::{Channel, FailureCode};
    use tallyport_domain::ids::{AppId, HolderId, PaymentId, RefundId};
    use tallyport_domain::movement::{MovementKind, MovementState, RefundTo};
    use tallyport_domain::payment::{ActionKind, Metadata};
    use tallyport_domain::{Environment, Money};

    use super::*;

    const DECLINED: ChannelAnswer = ChannelAnswer::Failed(FailureCode::Declined);
    const CLOSED: ChannelAnswer = ChannelAnswer::Failed(FailureCode::ChannelClosed);

    fn refund(to: RefundTo) -> Movement {
        let payment = PaymentId::from_parts(1, [1; 10]);
        Movement {
            id: ObjectId::Refund(RefundId::from_parts(1, [1; 10])),
            application_id: AppId::from_parts(1, [1; 10]),
            environment: Environment::Sandbox,
            kind: MovementKind::Refund { payment, channel: Channel::SandboxCard, to },
            instance: None,
            amount: Money::from_minor(100, "USD".parse().unwrap()),
            description: None,
            metadata: Metadata::default(),
            sandbox_outcome: None,
            state: MovementState::Processing,
            event_count: 1,
            created_at_ms: 1,
            updated_at_ms: 1,
        }
    }

    #[test]
    fn payment_contradicts_a_channel_that_did_what_is_not_booked_or_did_not_what_is() {
        use PaymentStatus::{Authorized, Canceled, Captured, Expired, Failed, PartiallyRefunded, Refunded};
        for status in PaymentStatus::ALL.iter().copied() {
            let came_to_nothing = [Canceled, Failed, Expired].contains(&status);
            let was_taken = [Authorized, Captured, PartiallyRefunded, Refunded].contains(&status);
            assert_eq!(payment_contradicts(status, ChannelAnswer::Approved), came_to_nothing, "{status:?}");
            assert_eq!(payment_contradicts(status, DECLINED), was_taken, "{status:?}");
            for nothing_new in [ChannelAnswer::Unknown, ChannelAnswer::ActionRequired(ActionKind::Scan)] {
                assert!(!payment_contradicts(status, nothing_new), "{status:?}");
            }
        }
    }

    #[test]
    fn movement_contradicts_its_channel_unless_it_went_by_another_way() {
        use MovementStatus::{Failed, Succeeded};
        let straight = refund(RefundTo::Channel);
        for (status, answer, contradicts) in [
            (Failed, ChannelAnswer::Approved, true),
            (Succeeded, DECLINED, true),
            (Succeeded, CLOSED, true),
            (Succeeded, ChannelAnswer::Approved, false),
            (Failed, DECLINED, false),
            (Failed, ChannelAnswer::Unknown, false),
            (Succeeded, ChannelAnswer::Unknown, false),
        ] {
            assert_eq!(movement_contradicts(&straight, status, answer), contradicts, "{status:?} {answer:?}");
        }
        let or_wallet = refund(RefundTo::ChannelOr(HolderId::from_parts(1, [1; 10])));
        assert!(!movement_contradicts(&or_wallet, Succeeded, CLOSED));
        assert!(movement_contradicts(&or_wallet, Succeeded, DECLINED));
    }
}
