//! The books: what one batch of commands may touch, and the pure function that applies a command to
//! it. Loading the books before and writing the changes after is storage's; when is the write lane's.
//!
//! A refused command changes nothing: every rule first works out all it would write, then writes.

mod apply;
mod book_answer;
mod book_movement;
mod cancel;
mod capture;
pub mod chain;
mod changes;
mod command;
mod consent;
mod create_payment;
mod event;
mod expire;
mod footprint;
mod idempotency;
mod nonce;
mod refund;
mod step;
mod top_up_withdraw;
mod transfer;

use std::collections::{HashMap, HashSet};

pub use apply::apply;
pub use changes::Changes;
pub use command::{
    CapturePayment, Command, CreatePayment, Keyed, MakeMovement, MovementAsked, Outcome, Refusal, Replay, TransferTo,
};
pub use consent::{ConsentRefusal, ConsentedPayment, PaymentConsent, UsedConsent};
pub use event::{Event, EventKind, EventObject};
pub use idempotency::{
    IdempotencyKey, IdempotencyRecord, IdempotencyScope, InvalidIdempotencyKey, Operation, StoredAnswer,
};
pub use nonce::{Nonce, NonceId};

use crate::fee::Fee;
use crate::ids::{AccountId, AppId, GrantId, ObjectId, PaymentId, RANDOM_BYTES};
use crate::ledger::{Account, AccountKey};
use crate::movement::Movement;
use crate::payment::{NewPayment, OrderId, Payment, PaymentStatus};
use crate::sandbox_clock::SandboxClock;
use crate::{Currency, Environment};

/// Where fresh random bytes come from.
pub type Draw<'a> = dyn FnMut() -> [u8; RANDOM_BYTES] + 'a;

/// What tells one order from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderKey {
    /// The application that the order belongs to.
    pub application_id: AppId,
    /// The world it is in.
    pub environment: Environment,
    /// The partner's number for it.
    pub order_id: OrderId,
}

impl OrderKey {
    /// The order that a payment is for.
    #[must_use]
    pub fn of(payment: &NewPayment) -> Self {
        Self {
            application_id: payment.application_id,
            environment: payment.environment,
            order_id: payment.order_id.clone(),
        }
    }
}

impl Books {
    /// What a payment made now costs its application.
    #[must_use]
    pub fn fee_of(&self, payment: &NewPayment) -> Fee {
        self.fees.get(&(payment.application_id, payment.amount.currency())).copied().unwrap_or_default()
    }
}

/// Every row that a batch may read or change, by what finds it, and what has changed so far.
#[derive(Debug, Default, Clone)]
pub struct Books {
    /// The batch's nonces that were used before.
    pub nonces: HashSet<NonceId>,
    /// What is known under the batch's idempotency keys.
    pub idempotency: HashMap<IdempotencyScope, IdempotencyRecord>,
    /// The payment of each order that is alive or succeeded.
    pub orders: HashMap<OrderKey, (PaymentId, PaymentStatus)>,
    /// Payments by their id.
    pub payments: HashMap<PaymentId, Payment>,
    /// Movements by their id.
    pub movements: HashMap<ObjectId, Movement>,
    /// What the holders who pay in this batch consented to.
    pub consents: HashMap<GrantId, PaymentConsent>,
    /// What the batch's applications are charged; nothing where there is none.
    pub fees: HashMap<(AppId, Currency), Fee>,
    /// Accounts by their key.
    pub accounts: HashMap<AccountKey, Account>,
    /// The accounts that the batch names by their id.
    pub account_keys: HashMap<AccountId, AccountKey>,
    /// The clocks of those sandboxes whose time is not the platform's.
    pub clocks: HashMap<AppId, SandboxClock>,
    /// What the commands of the batch have changed.
    pub changes: Changes,
}
