//! A payment's life: what it is, which state it is in, and the moves between states. Each move
//! takes the payment and returns the next one or a named refusal.

mod method;
mod order;

pub use method::{Card, Method, UnknownMethod};
pub use order::{Description, InvalidDescription, InvalidOrderId, OrderId};

use crate::books::IdempotencyKey;
use crate::ids::{AppId, PaymentId};
use crate::ledger::Posting;
use crate::text_enum::text_enum;
use crate::{Environment, Money};

text_enum! {
    /// Why a payment failed, as the channel said.
    FailureCode {
        /// The issuer said no without a reason.
        Declined => "declined",
        /// The card has too little on it.
        InsufficientFunds => "insufficient_funds",
        /// The card is out of date.
        CardExpired => "card_expired",
        /// The channel could not work on it; nothing was taken.
        ProcessingError => "processing_error",
        /// The channel takes the payment for fraud.
        FraudSuspected => "fraud_suspected",
    }
}

/// What a channel said about an authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelAnswer {
    /// The whole amount was taken.
    Captured,
    /// Nothing was taken.
    Failed(FailureCode),
}

/// The state of a payment with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// The channel was asked and has not answered yet.
    Processing,
    /// The money was taken.
    Captured {
        /// How much.
        captured: Money,
    },
    /// It came to nothing; the order may be paid anew.
    Failed {
        /// Why.
        failure: FailureCode,
    },
}

text_enum! {
    /// The state's name on the wire and in the database.
    PaymentStatus {
        /// See [`PaymentState::Processing`].
        Processing => "processing",
        /// See [`PaymentState::Captured`].
        Captured => "captured",
        /// See [`PaymentState::Failed`].
        Failed => "failed",
    }
}

impl PaymentState {
    /// The state's name.
    #[must_use]
    pub const fn status(self) -> PaymentStatus {
        match self {
            Self::Processing => PaymentStatus::Processing,
            Self::Captured { .. } => PaymentStatus::Captured,
            Self::Failed { .. } => PaymentStatus::Failed,
        }
    }
}

/// What the caller asked for, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// The id it will have.
    pub id: PaymentId,
    /// The application that makes it.
    pub application_id: AppId,
    /// The world it is in.
    pub environment: Environment,
    /// The partner's own number for what is paid.
    pub order_id: OrderId,
    /// How much.
    pub amount: Money,
    /// With what.
    pub method: Method,
    /// For people to read.
    pub description: Option<Description>,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What was asked for.
    pub asked: NewPayment,
    /// The key under which it was asked for; the final answer is stored with it.
    pub idempotency_key: IdempotencyKey,
    /// Where it stands.
    pub state: PaymentState,
    /// How many events it has; the next one is numbered one higher.
    pub event_count: i64,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it last changed.
    pub updated_at_ms: i64,
}

/// An answer came for a payment that has one already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("payment {payment} is {} and takes no answer", status.as_str())]
pub struct AnswerRefusal {
    /// The payment.
    pub payment: PaymentId,
    /// Where it stands.
    pub status: PaymentStatus,
}

impl Payment {
    /// A payment that is about to be put to its channel.
    #[must_use]
    pub fn create(asked: NewPayment, idempotency_key: IdempotencyKey, now_ms: i64) -> Self {
        Self {
            asked,
            idempotency_key,
            state: PaymentState::Processing,
            event_count: 1,
            created_at_ms: now_ms,
            updated_at_ms: now_ms,
        }
    }

    /// Books what the channel answered, and says which money moves by it.
    pub fn answered(self, answer: ChannelAnswer, now_ms: i64) -> Result<(Self, Option<Posting>), AnswerRefusal> {
        if self.state != PaymentState::Processing {
            return Err(AnswerRefusal { payment: self.asked.id, status: self.state.status() });
        }
        let NewPayment { application_id, environment, amount, method, .. } = self.asked;
        let (state, posting) = match answer {
            ChannelAnswer::Captured => (
                PaymentState::Captured { captured: amount },
                Some(Posting::captured(application_id, environment, method.channel(), amount)),
            ),
            ChannelAnswer::Failed(failure) => (PaymentState::Failed { failure }, None),
        };
        let event_count = self.event_count + 1;
        Ok((Self { state, event_count, updated_at_ms: now_ms, ..self }, posting))
    }

    /// How much was taken so far.
    #[must_use]
    pub fn captured(&self) -> Money {
        match self.state {
            PaymentState::Captured { captured } => captured,
            PaymentState::Processing | PaymentState::Failed { .. } => {
                Money::from_minor(0, self.asked.amount.currency())
            }
        }
    }
}
