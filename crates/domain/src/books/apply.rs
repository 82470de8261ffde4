//! One command, applied. Each function below first works out everything that it would change and
//! returns the refusal if there is one; only then it writes into the books.

use std::collections::HashMap;

use crate::books::{
    Books, Command, CreatePayment, Draw, Event, EventKind, IdempotencyRecord, Nonce, OrderKey, Outcome, Refusal,
};
use crate::ids::{AccountId, EventId, PaymentId, PostingId};
use crate::json;
use crate::ledger::{Account, AccountKey, Entry, EntryRefusal, Posting};
use crate::payment::{ChannelAnswer, Payment, PaymentStatus};

/// Applies one command. The nonce is used up whatever becomes of the rest: its signature was good,
/// and it works once.
pub fn apply(books: &mut Books, command: &Command, draw: &mut Draw<'_>, now_ms: i64) -> Result<Outcome, Refusal> {
    if let Some(nonce) = command.nonce() {
        use_nonce(books, nonce)?;
    }
    match command {
        Command::UseNonce(_) => Ok(Outcome::NonceUsed),
        Command::CreatePayment(create) => create_payment(books, create, draw, now_ms),
        Command::BookAnswer { payment_id, answer, .. } => book_answer(books, *payment_id, *answer, draw, now_ms),
    }
}

fn use_nonce(books: &mut Books, nonce: &Nonce) -> Result<(), Refusal> {
    if !books.nonces.insert(nonce.id.clone()) {
        return Err(Refusal::NonceReused);
    }
    books.changes.nonces.push(nonce.clone());
    Ok(())
}

fn create_payment(
    books: &mut Books,
    create: &CreatePayment,
    draw: &mut Draw<'_>,
    now_ms: i64,
) -> Result<Outcome, Refusal> {
    let scope = create.scope();
    if let Some(record) = books.idempotency.get(&scope) {
        return replay(record, &create.request);
    }
    let order = OrderKey::of(&create.payment);
    match books.orders.get(&order) {
        None | Some((_, PaymentStatus::Failed)) => {}
        Some((payment, PaymentStatus::Captured)) => return Err(Refusal::OrderAlreadyPaid { payment: *payment }),
        Some((payment, PaymentStatus::Processing)) => return Err(Refusal::OrderInProgress { payment: *payment }),
    }

    let payment = Payment::create(create.payment.clone(), create.key.clone(), now_ms);
    let record = IdempotencyRecord {
        request: create.request.clone(),
        payment_id: payment.asked.id,
        answer: None,
        created_at_ms: now_ms,
    };
    books.changes.events.push(event(&payment, draw, now_ms));
    books.changes.payments_made.push(payment.asked.id);
    books.changes.idempotency.push((scope.clone(), record.clone()));
    books.idempotency.insert(scope, record);
    books.orders.insert(order, (payment.asked.id, payment.state.status()));
    books.payments.insert(payment.asked.id, payment.clone());
    Ok(Outcome::Created(Box::new(payment)))
}

fn replay(record: &IdempotencyRecord, request: &str) -> Result<Outcome, Refusal> {
    if record.request != request {
        // Two bodies are the same when they say the same, in whatever order and spacing.
        let pointers = json::differing_pointers(record.request.as_bytes(), request.as_bytes());
        if !pointers.is_empty() {
            return Err(Refusal::IdempotencyReused { pointers });
        }
    }
    match &record.answer {
        Some(answer) => Ok(Outcome::Replayed(answer.clone())),
        None => Err(Refusal::IdempotencyInProgress),
    }
}

fn book_answer(
    books: &mut Books,
    payment_id: PaymentId,
    answer: ChannelAnswer,
    draw: &mut Draw<'_>,
    now_ms: i64,
) -> Result<Outcome, Refusal> {
    let payment = books.payments.get(&payment_id).ok_or(Refusal::NoSuchPayment { payment: payment_id })?;
    let (payment, posting) = payment.clone().answered(answer, now_ms)?;
    if let Some(posting) = posting {
        post(books, &posting, &payment_id.to_string(), draw, now_ms)?;
    }
    books.changes.events.push(event(&payment, draw, now_ms));
    books.changes.payments_answered.push(payment_id);
    if let Some(alive) = books.orders.get_mut(&OrderKey::of(&payment.asked)).filter(|(id, _)| *id == payment_id) {
        alive.1 = payment.state.status();
    }
    books.payments.insert(payment_id, payment.clone());
    Ok(Outcome::Answered(Box::new(payment)))
}

/// Books a posting: all of its lines, or none.
fn post(
    books: &mut Books,
    posting: &Posting,
    object_id: &str,
    draw: &mut Draw<'_>,
    now_ms: i64,
) -> Result<(), EntryRefusal> {
    let posting_id = PostingId::from_parts(now_ms, draw());
    let mut accounts: HashMap<AccountKey, Account> = HashMap::new();
    let mut entries = Vec::with_capacity(posting.lines().len());
    for line in posting.lines() {
        let before = accounts.get(&line.account).or_else(|| books.accounts.get(&line.account)).cloned();
        let account = before.unwrap_or_else(|| open(line.account, draw, now_ms)).after(line.amount_minor)?;
        entries.push(Entry {
            account_id: account.id,
            sequence: account.entry_count,
            posting_id,
            rule: posting.rule(),
            object_id: object_id.to_owned(),
            amount_minor: line.amount_minor,
            balance_after_minor: account.balance_minor,
            created_at_ms: now_ms,
        });
        accounts.insert(line.account, account);
    }

    for (key, account) in accounts {
        let is_new = books.accounts.insert(key, account).is_none();
        if is_new {
            books.changes.accounts_opened.insert(key);
        } else if !books.changes.accounts_opened.contains(&key) {
            books.changes.accounts_changed.insert(key);
        }
    }
    books.changes.entries.append(&mut entries);
    Ok(())
}

fn open(key: AccountKey, draw: &mut Draw<'_>, now_ms: i64) -> Account {
    Account { id: AccountId::from_parts(now_ms, draw()), key, balance_minor: 0, entry_count: 0, created_at_ms: now_ms }
}

fn event(payment: &Payment, draw: &mut Draw<'_>, now_ms: i64) -> Event {
    Event {
        id: EventId::from_parts(now_ms, draw()),
        kind: EventKind::of(payment.state),
        sequence: payment.event_count,
        payment: payment.clone(),
        created_at_ms: now_ms,
    }
}
