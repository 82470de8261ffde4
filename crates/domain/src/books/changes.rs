//! What a batch of commands has changed and storage has to write.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::books::{Event, IdempotencyScope, Nonce, UsedConsent};
use crate::ids::{ObjectId, PaymentId};
use crate::ledger::{AccountKey, Entry};

/// Everything to write. New rows are listed; changed rows are named and read from the books, so
/// that a row that changed often in a batch is written once.
#[derive(Debug, Default, Clone)]
pub struct Changes {
    /// Nonces used up.
    pub nonces: Vec<Nonce>,
    /// Idempotency keys seen for the first time.
    pub idempotency_made: Vec<IdempotencyScope>,
    /// Keys of before that got their answer, with the number of the event that shows it.
    pub idempotency_answered: Vec<(IdempotencyScope, i64)>,
    /// Payments made.
    pub payments_made: Vec<PaymentId>,
    /// Payments that were there before and changed.
    pub payments_changed: BTreeSet<PaymentId>,
    /// Movements made.
    pub movements_made: Vec<ObjectId>,
    /// Movements that were there before and changed.
    pub movements_changed: BTreeSet<ObjectId>,
    /// Consents used up.
    pub consents_used: Vec<UsedConsent>,
    /// When a worker has to look at an object; none when there is nothing to wait for any more.
    pub due: BTreeMap<ObjectId, Option<i64>>,
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
    /// Whether there is nothing to write. Whatever changes an object tells of it by an event, except
    /// that nonces are used up by themselves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nonces.is_empty() && self.events.is_empty()
    }
}
