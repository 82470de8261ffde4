//! What the commands share: posting, telling events, remembering answers, putting rows back.

use crate::books::{
    Books, Draw, Event, EventKind, EventObject, IdempotencyRecord, Keyed, OrderKey, Refusal, StoredAnswer,
};
use crate::ids::{AccountId, EventId, ObjectId, PaymentId, PostingId};
use crate::ledger::{Account, AccountKey, Entry, EntryRefusal, Posting};
use crate::movement::Movement;
use crate::payment::Payment;

/// One command at work.
pub(super) struct Step<'a, 'd> {
    pub(super) books: &'a mut Books,
    pub(super) draw: &'a mut Draw<'d>,
    /// The time of the application's sandbox, or the platform's.
    pub(super) now_ms: i64,
    /// The platform's time: ids follow it, so that lists stay in the order in which things happened, and
    /// so do workers.
    pub(super) platform_ms: i64,
}

impl Step<'_, '_> {
    /// A payment of the application that asks; another's does not exist for it.
    pub(super) fn own_payment(&self, keyed: &Keyed, id: PaymentId) -> Result<Payment, Refusal> {
        let found = self.books.payments.get(&id).filter(|payment| {
            payment.asked.application_id == keyed.scope.application_id
                && payment.asked.environment == keyed.scope.environment
        });
        found.cloned().ok_or(Refusal::NoSuchPayment { payment: id })
    }

    /// Books the postings: all of their lines, or none. Do it before anything else is changed.
    pub(super) fn post(&mut self, postings: &[Posting], object_id: ObjectId) -> Result<(), EntryRefusal> {
        let mut accounts: Vec<(AccountKey, Account)> = Vec::with_capacity(postings.len() + 1);
        let mut entries = Vec::with_capacity(postings.len() * 2);
        for posting in postings {
            let posting_id = PostingId::from_parts(self.platform_ms, (self.draw)());
            for line in posting.lines() {
                let touched = accounts.iter().position(|(key, _)| *key == line.account);
                let before = match touched {
                    Some(position) => accounts.swap_remove(position).1,
                    None => self.books.accounts.get(&line.account).cloned().unwrap_or_else(|| self.open(line.account)),
                };
                let account = before.after(line.amount_minor)?;
                entries.push(Entry {
                    account_id: account.id,
                    sequence: account.entry_count,
                    posting_id,
                    rule: posting.rule(),
                    object_id,
                    amount_minor: line.amount_minor,
                    balance_after_minor: account.balance_minor,
                    created_at_ms: self.now_ms,
                });
                accounts.push((line.account, account));
            }
        }
        let changes = &mut self.books.changes;
        for (key, account) in accounts {
            let is_new = self.books.accounts.insert(key, account).is_none();
            if is_new {
                changes.accounts_opened.insert(key);
            } else if !changes.accounts_opened.contains(&key) {
                changes.accounts_changed.insert(key);
            }
        }
        changes.entries.append(&mut entries);
        Ok(())
    }

    fn open(&mut self, key: AccountKey) -> Account {
        let id = AccountId::from_parts(self.platform_ms, (self.draw)());
        Account { id, key, balance_minor: 0, entry_count: 0, created_at_ms: self.now_ms }
    }

    /// Tells that the object became what it is now, and returns the event's place.
    pub(super) fn tell(&mut self, object: EventObject) -> usize {
        self.tell_that(object.kind(), object)
    }

    /// Tells what happened to the object, and returns the event's place.
    fn tell_that(&mut self, kind: EventKind, object: EventObject) -> usize {
        let events = &mut self.books.changes.events;
        events.push(Event {
            id: EventId::from_parts(self.platform_ms, (self.draw)()),
            kind,
            sequence: object.event_count(),
            object,
            created_at_ms: self.now_ms,
        });
        events.len() - 1
    }

    pub(super) fn tell_payment(&mut self, payment: &Payment) -> usize {
        self.tell(EventObject::Payment(Box::new(payment.clone())))
    }

    /// Tells what happened to a payment where that does not follow from its state.
    pub(super) fn tell_that_payment(&mut self, kind: EventKind, payment: &Payment) -> usize {
        self.tell_that(kind, EventObject::Payment(Box::new(payment.clone())))
    }

    pub(super) fn tell_movement(&mut self, movement: &Movement) -> usize {
        self.tell(EventObject::Movement(Box::new(movement.clone())))
    }

    /// Tells that a movement was made and, when it was decided at once, what it came to.
    pub(super) fn tell_made_movement(&mut self, made: &Movement, decided: &Movement) -> usize {
        let event = self.tell_movement(made);
        if decided == made { event } else { self.tell_movement(decided) }
    }

    /// Remembers what the call came to; none while it has no answer.
    pub(super) fn remember(&mut self, keyed: &Keyed, object_id: ObjectId, event: Option<usize>) {
        let record = IdempotencyRecord {
            request: keyed.request.clone(),
            object_id,
            answer: event.map(StoredAnswer::Event),
            created_at_ms: self.now_ms,
        };
        self.books.changes.idempotency_made.push(keyed.scope.clone());
        self.books.idempotency.insert(keyed.scope.clone(), record);
    }

    /// Says when a worker has to look at an object: as long from now by the platform's clock as by the
    /// sandbox's.
    fn set_due(&mut self, id: ObjectId, due_at_ms: Option<i64>) {
        let wait_of = |at_ms: i64| at_ms.saturating_sub(self.now_ms);
        let due_at_ms = due_at_ms.map(|at_ms| self.platform_ms.saturating_add(wait_of(at_ms)));
        self.books.changes.due.insert(id, due_at_ms);
    }

    /// Puts a new payment into the books. `due_at_ms` says when somebody has to look at it.
    pub(super) fn add_payment(&mut self, payment: Payment, due_at_ms: Option<i64>) {
        let id = payment.asked.id;
        self.books.changes.payments_made.push(id);
        if due_at_ms.is_some() {
            self.set_due(ObjectId::Payment(id), due_at_ms);
        }
        self.books.orders.insert(OrderKey::of(&payment.asked), (id, payment.state.status()));
        self.books.payments.insert(id, payment);
    }

    /// Puts a changed payment back into the books.
    pub(super) fn put_payment(&mut self, payment: Payment) {
        let id = payment.asked.id;
        if !self.books.changes.payments_made.contains(&id) {
            self.books.changes.payments_changed.insert(id);
        }
        self.set_due(ObjectId::Payment(id), payment.state.due_at_ms());
        if let Some(of_order) =
            self.books.orders.get_mut(&OrderKey::of(&payment.asked)).filter(|(alive, _)| *alive == id)
        {
            of_order.1 = payment.state.status();
        }
        self.books.payments.insert(id, payment);
    }

    /// Puts a new movement into the books. `due_at_ms` says when somebody has to look at it.
    pub(super) fn add_movement(&mut self, movement: Movement, due_at_ms: Option<i64>) {
        self.books.changes.movements_made.push(movement.id);
        if due_at_ms.is_some() {
            self.set_due(movement.id, due_at_ms);
        }
        self.books.movements.insert(movement.id, movement);
    }

    /// Puts a changed movement back into the books.
    pub(super) fn put_movement(&mut self, movement: Movement, due_at_ms: Option<i64>) {
        if !self.books.changes.movements_made.contains(&movement.id) {
            self.books.changes.movements_changed.insert(movement.id);
        }
        self.set_due(movement.id, due_at_ms);
        self.books.movements.insert(movement.id, movement);
    }
}
