//! What can be asked of the books, and how it can end.

use crate::books::{IdempotencyKey, IdempotencyScope, Nonce, Operation, StoredAnswer};
use crate::ids::PaymentId;
use crate::ledger::{Channel, EntryRefusal};
use crate::payment::{AnswerRefusal, ChannelAnswer, NewPayment, Payment};

/// A request for a payment, checked by itself.
#[derive(Debug, Clone)]
pub struct CreatePayment {
    /// What is asked for.
    pub payment: NewPayment,
    /// The caller's name for it.
    pub key: IdempotencyKey,
    /// The body as it arrived.
    pub request: String,
    /// The nonce of the request's signature, when it was signed.
    pub nonce: Option<Nonce>,
}

impl CreatePayment {
    /// Within what its idempotency key is unique.
    #[must_use]
    pub fn scope(&self) -> IdempotencyScope {
        IdempotencyScope {
            application_id: self.payment.application_id,
            environment: self.payment.environment,
            operation: Operation::CreatePayment,
            key: self.key.clone(),
        }
    }
}

/// One thing asked of the books.
#[derive(Debug, Clone)]
pub enum Command {
    /// Use up the nonce of a signed request that changes nothing else.
    UseNonce(Nonce),
    /// Make a payment and put it to its channel.
    CreatePayment(Box<CreatePayment>),
    /// Book what a channel answered.
    BookAnswer {
        /// The payment that the channel was asked about.
        payment_id: PaymentId,
        /// The channel that was asked, so that its account can be loaded with the payment's.
        channel: Channel,
        /// What it said.
        answer: ChannelAnswer,
    },
}

impl Command {
    /// The nonce that the command uses up.
    #[must_use]
    pub fn nonce(&self) -> Option<&Nonce> {
        match self {
            Self::UseNonce(nonce) => Some(nonce),
            Self::CreatePayment(create) => create.nonce.as_ref(),
            Self::BookAnswer { .. } => None,
        }
    }
}

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The nonce is used up.
    NonceUsed,
    /// A payment was made; its channel has to be asked.
    Created(Box<Payment>),
    /// The same request was answered before.
    Replayed(StoredAnswer),
    /// The channel's answer is booked.
    Answered(Box<Payment>),
}

/// Why a command did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The signature was used before.
    #[error("the nonce was used before")]
    NonceReused,
    /// The first request with this key has no answer yet.
    #[error("the first request with this idempotency key is still under way")]
    IdempotencyInProgress,
    /// The key came with another body before.
    #[error("the idempotency key was used with another body")]
    IdempotencyReused {
        /// JSON pointers to what differs.
        pointers: Vec<String>,
    },
    /// The order has a payment that may still succeed.
    #[error("the order is being paid by {payment}")]
    OrderInProgress {
        /// That payment.
        payment: PaymentId,
    },
    /// The order has a payment that succeeded.
    #[error("the order was paid by {payment}")]
    OrderAlreadyPaid {
        /// That payment.
        payment: PaymentId,
    },
    /// There is no such payment.
    #[error("there is no payment {payment}")]
    NoSuchPayment {
        /// The id that was asked for.
        payment: PaymentId,
    },
    /// The payment takes no answer any more.
    #[error(transparent)]
    Answer(#[from] AnswerRefusal),
    /// The ledger does not take the entries.
    #[error(transparent)]
    Entry(#[from] EntryRefusal),
}
