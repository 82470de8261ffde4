//! What holds after every step.

use std::collections::{HashMap, HashSet};

use tallyport_domain::books::{Books, EventObject};
use tallyport_domain::ids::ObjectId;
use tallyport_domain::ledger::Rule;
use tallyport_domain::movement::{MovementKind, MovementState, RefundTo};
use tallyport_domain::payment::{PaymentState, PaymentStatus};

fn ensure(holds: bool, rule: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(rule.to_owned()) }
}

/// The first rule that does not hold.
pub(crate) fn check(books: &Books) -> Result<(), String> {
    ledger(books)?;
    payments(books)?;
    movements(books)?;
    events(books)?;
    for record in books.idempotency.values() {
        let exists = match record.object_id {
            ObjectId::Payment(id) => books.payments.contains_key(&id),
            id => books.movements.contains_key(&id),
        };
        ensure(exists, "a key is stored with the object that it names")?;
        let waits = matches!(record.object_id, ObjectId::Payment(id)
            if books.payments[&id].state.status() == PaymentStatus::Processing);
        ensure(record.answer.is_none() == waits, "a call has its answer unless its channel is being asked")?;
    }
    Ok(())
}

fn ledger(books: &Books) -> Result<(), String> {
    let mut postings: HashMap<_, i128> = HashMap::new();
    let mut lines: HashMap<_, Vec<_>> = HashMap::new();
    for entry in &books.changes.entries {
        *postings.entry(entry.posting_id).or_default() += i128::from(entry.amount_minor);
        lines.entry(entry.account_id).or_default().push(entry);
    }
    ensure(postings.values().all(|sum| *sum == 0), "the entries of a posting sum to zero")?;
    for account in books.accounts.values() {
        let mut balance_minor = 0;
        for (number, entry) in (1..).zip(lines.get(&account.id).into_iter().flatten()) {
            balance_minor += entry.amount_minor;
            ensure(entry.sequence == number, "entries are numbered without gaps")?;
            ensure(entry.balance_after_minor == balance_minor, "an entry carries the balance after it")?;
        }
        ensure(account.balance_minor == balance_minor, "a balance is the sum of its entries")?;
        ensure(balance_minor >= 0 || account.key.purpose.may_be_negative(), "no balance is below zero")?;
    }
    Ok(())
}

fn credited(books: &Books, object: ObjectId, rule: Rule) -> i64 {
    let entries = books.changes.entries.iter();
    entries
        .filter(|entry| entry.object_id == object && entry.rule == rule && entry.amount_minor > 0)
        .map(|entry| entry.amount_minor)
        .sum()
}

fn payments(books: &Books) -> Result<(), String> {
    let mut alive = HashSet::new();
    for payment in books.payments.values() {
        let id = payment.asked.id;
        let captured_minor = payment.captured().minor();
        let credited_minor = credited(books, ObjectId::Payment(id), Rule::Captured);
        ensure(credited_minor == captured_minor, "what a payment captured is what was credited for it")?;
        let fee_minor = credited(books, ObjectId::Payment(id), Rule::FeeCharged);
        ensure(fee_minor == payment.fee().minor(), "the fee is what was charged")?;
        let due_to_payee = if payment.asked.payee.is_some() { captured_minor - fee_minor } else { 0 };
        let paid_to_payee = credited(books, ObjectId::Payment(id), Rule::PaidToPayee);
        ensure(paid_to_payee == due_to_payee, "a payee gets what was captured, less the fee")?;
        if let PaymentState::Taken(taken) = payment.state {
            let fits = taken.captured_minor + taken.capturable_minor <= payment.asked.amount.minor();
            ensure(fits, "no more is captured than was authorized")?;
            ensure(taken.refundable_minor() >= 0, "no more goes back than was captured")?;
            let of = books.movements.values().filter(|m| m.kind.payment() == Some(id));
            let refunded: i64 = of
                .filter(|movement| movement.state == MovementState::Succeeded)
                .map(|movement| movement.amount.minor())
                .sum();
            ensure(refunded == taken.refunded_minor, "what went back is what the refunds say")?;
        }
        let status = payment.state.status();
        if !status.frees_the_order() {
            ensure(alive.insert(payment.asked.order_id.as_str()), "an order has one payment that is alive or paid")?;
        }
        let waits = payment.state.due_at_ms().is_some() || status == PaymentStatus::Processing;
        let is_due = matches!(books.changes.due.get(&ObjectId::Payment(id)), Some(Some(_)));
        ensure(waits == is_due, "somebody looks at a payment exactly as long as it waits")?;
    }
    Ok(())
}

fn movements(books: &Books) -> Result<(), String> {
    for movement in books.movements.values() {
        let rule = match movement.kind {
            MovementKind::Refund { to: RefundTo::Wallet(_), .. } => Rule::RefundedToBalance,
            MovementKind::Refund { .. } => Rule::Refunded,
            MovementKind::Withdrawal { .. } => Rule::PaidOut,
            MovementKind::TopUp { .. } => Rule::ToppedUp,
            MovementKind::Transfer { .. } => Rule::Transferred,
        };
        let expected = if movement.state == MovementState::Succeeded { movement.amount.minor() } else { 0 };
        ensure(credited(books, movement.id, rule) == expected, "a movement moves its amount when it succeeds")?;
    }
    Ok(())
}

fn events(books: &Books) -> Result<(), String> {
    let mut told: HashMap<ObjectId, i64> = HashMap::new();
    for event in &books.changes.events {
        let last = told.entry(EventObject::id(&event.object)).or_default();
        ensure(event.sequence == *last + 1, "events are numbered without gaps")?;
        *last = event.sequence;
    }
    let payments = books.payments.values().map(|payment| (ObjectId::Payment(payment.asked.id), payment.event_count));
    let movements = books.movements.values().map(|movement| (movement.id, movement.event_count));
    for (id, count) in payments.chain(movements) {
        ensure(told.get(&id) == Some(&count), "every event of an object is told")?;
    }
    Ok(())
}
