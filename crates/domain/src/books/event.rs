//! Events: what happened to an object, with the object as it was right after.

use crate::Environment;
use crate::ids::{AppId, EventId, ObjectId};
use crate::movement::{Movement, MovementName, MovementState};
use crate::payment::{Payment, PaymentStatus};
use crate::text_enum::text_enum;

text_enum! {
    /// What happened to an object.
    EventKind {
        /// A payment was made.
        PaymentCreated => "payment.created",
        /// A payment waits for its payer.
        PaymentRequiresAction => "payment.requires_action",
        /// A payment's money is held.
        PaymentAuthorized => "payment.authorized",
        /// A payment's money was taken, or some of it.
        PaymentCaptured => "payment.captured",
        /// Some of a payment's money was taken, and the rest is no longer held.
        PaymentHoldEnded => "payment.hold_ended",
        /// Some of a payment's money went back.
        PaymentPartiallyRefunded => "payment.partially_refunded",
        /// All of a payment's money went back.
        PaymentRefunded => "payment.refunded",
        /// A payment was called off.
        PaymentCanceled => "payment.canceled",
        /// A payment came to nothing.
        PaymentFailed => "payment.failed",
        /// A payment's time is over.
        PaymentExpired => "payment.expired",
        /// Nobody knows what became of a payment; its channel will be asked again.
        PaymentUnknown => "payment.unknown",
        /// A refund was made.
        RefundCreated => "refund.created",
        /// A refund was paid.
        RefundSucceeded => "refund.succeeded",
        /// A refund came to nothing.
        RefundFailed => "refund.failed",
        /// Nobody knows what became of a refund; its channel will be asked again.
        RefundUnknown => "refund.unknown",
        /// A transfer was booked.
        TransferSucceeded => "transfer.succeeded",
        /// A top-up was made.
        TopUpCreated => "top_up.created",
        /// A top-up's money is there.
        TopUpSucceeded => "top_up.succeeded",
        /// A top-up came to nothing.
        TopUpFailed => "top_up.failed",
        /// Nobody knows what became of a top-up; its channel will be asked again.
        TopUpUnknown => "top_up.unknown",
        /// A withdrawal was made.
        WithdrawalCreated => "withdrawal.created",
        /// A withdrawal was paid out.
        WithdrawalSucceeded => "withdrawal.succeeded",
        /// A withdrawal came to nothing; its money is back.
        WithdrawalFailed => "withdrawal.failed",
        /// Nobody knows what became of a withdrawal; its channel will be asked again.
        WithdrawalUnknown => "withdrawal.unknown",
    }
}

impl EventKind {
    /// What a payment became that is now in its state. Of one whose money was taken before, this is what a refund
    /// made of it.
    const fn of_payment(payment: &Payment) -> Self {
        match payment.state.status() {
            PaymentStatus::Created | PaymentStatus::Processing => Self::PaymentCreated,
            PaymentStatus::RequiresAction => Self::PaymentRequiresAction,
            PaymentStatus::Authorized => Self::PaymentAuthorized,
            PaymentStatus::Captured => Self::PaymentCaptured,
            PaymentStatus::PartiallyRefunded => Self::PaymentPartiallyRefunded,
            PaymentStatus::Refunded => Self::PaymentRefunded,
            PaymentStatus::Canceled => Self::PaymentCanceled,
            PaymentStatus::Failed => Self::PaymentFailed,
            PaymentStatus::Expired => Self::PaymentExpired,
            PaymentStatus::Unknown => Self::PaymentUnknown,
        }
    }

    const fn of_movement(movement: &Movement) -> Self {
        use MovementName::{Refund, TopUp, Transfer, Withdrawal};
        use MovementState::{Failed, Processing, Succeeded, Unknown};
        match (movement.kind.name(), movement.state) {
            (Transfer, _) => Self::TransferSucceeded,
            (Refund, Processing) => Self::RefundCreated,
            (Refund, Succeeded) => Self::RefundSucceeded,
            (Refund, Failed { .. }) => Self::RefundFailed,
            (Refund, Unknown { .. }) => Self::RefundUnknown,
            (TopUp, Processing) => Self::TopUpCreated,
            (TopUp, Succeeded) => Self::TopUpSucceeded,
            (TopUp, Failed { .. }) => Self::TopUpFailed,
            (TopUp, Unknown { .. }) => Self::TopUpUnknown,
            (Withdrawal, Processing) => Self::WithdrawalCreated,
            (Withdrawal, Succeeded) => Self::WithdrawalSucceeded,
            (Withdrawal, Failed { .. }) => Self::WithdrawalFailed,
            (Withdrawal, Unknown { .. }) => Self::WithdrawalUnknown,
        }
    }
}

/// An object as an event shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventObject {
    /// A payment.
    Payment(Box<Payment>),
    /// A refund, transfer, top-up or withdrawal.
    Movement(Box<Movement>),
}

impl EventObject {
    /// What it is.
    #[must_use]
    pub const fn id(&self) -> ObjectId {
        match self {
            Self::Payment(payment) => ObjectId::Payment(payment.asked.id),
            Self::Movement(movement) => movement.id,
        }
    }

    /// Whose it is.
    #[must_use]
    pub const fn application_id(&self) -> AppId {
        match self {
            Self::Payment(payment) => payment.asked.application_id,
            Self::Movement(movement) => movement.application_id,
        }
    }

    /// The world it is in.
    #[must_use]
    pub const fn environment(&self) -> Environment {
        match self {
            Self::Payment(payment) => payment.asked.environment,
            Self::Movement(movement) => movement.environment,
        }
    }

    pub(super) const fn kind(&self) -> EventKind {
        match self {
            Self::Payment(payment) => EventKind::of_payment(payment),
            Self::Movement(movement) => EventKind::of_movement(movement),
        }
    }

    pub(super) const fn event_count(&self) -> i64 {
        match self {
            Self::Payment(payment) => payment.event_count,
            Self::Movement(movement) => movement.event_count,
        }
    }
}

/// Something that happened, with the object as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The event's id.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// Its number among the events of the object, from one, without gaps.
    pub sequence: i64,
    /// The object after it.
    pub object: EventObject,
    /// When it happened.
    pub created_at_ms: i64,
}
