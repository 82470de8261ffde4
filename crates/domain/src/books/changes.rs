//! What a batch of commands has changed and storage has to write.

use std::collections::HashSet;

use crate::books::{IdempotencyRecord, IdempotencyScope, Nonce};
use crate::ids::{EventId, PaymentId};
use crate::ledger::{AccountKey, Entry};
use crate::payment::{Payment, PaymentState};
use crate::text_enum::text_enum;

text_enum! {
    /// What happened to an object.
    EventKind {
        /// A payment was made.
        PaymentCreated => "payment.created",
        /// A payment's money was taken.
        PaymentCaptured => "payment.captured",
        /// A payment came to nothing.
        PaymentFailed => "payment.failed",
    }
}

impl EventKind {
    /// The event that tells of a payment's arrival in this state.
    #[must_use]
    pub const fn of(state: PaymentState) -> Self {
        match state {
            PaymentState::Processing => Self::PaymentCreated,
            PaymentState::Captured { .. } => Self::PaymentCaptured,
            PaymentState::Failed { .. } => Self::PaymentFailed,
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
    pub payment: Payment,
    /// When it happened.
    pub created_at_ms: i64,
}

/// Everything to write. New rows are listed; changed rows are named and read from the books, so
/// that a row that changed often in a batch is written once.
#[derive(Debug, Default)]
pub struct Changes {
    /// Nonces used up.
    pub nonces: Vec<Nonce>,
    /// Idempotency keys seen for the first time.
    pub idempotency: Vec<(IdempotencyScope, IdempotencyRecord)>,
    /// Payments made.
    pub payments_made: Vec<PaymentId>,
    /// Payments that got their final answer: their row changed, their idempotency key gets its
    /// answer, their channel call is over.
    pub payments_answered: Vec<PaymentId>,
    /// Accounts opened.
    pub accounts_opened: HashSet<AccountKey>,
    /// Accounts with new entries that existed before.
    pub accounts_changed: HashSet<AccountKey>,
    /// New entries.
    pub entries: Vec<Entry>,
    /// New events.
    pub events: Vec<Event>,
}

impl Changes {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            nonces,
            idempotency,
            payments_made,
            payments_answered,
            accounts_opened,
            accounts_changed,
            entries,
            events,
        } = self;
        nonces.is_empty()
            && idempotency.is_empty()
            && payments_made.is_empty()
            && payments_answered.is_empty()
            && accounts_opened.is_empty()
            && accounts_changed.is_empty()
            && entries.is_empty()
            && events.is_empty()
    }
}
