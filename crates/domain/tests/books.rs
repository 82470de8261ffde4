//! Histories of commands on the pure core: whatever comes, the books balance.

#![allow(clippy::unwrap_used, reason = "a helper of a test may fail as loudly as the test itself")]

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use tallyport_domain::books::{Books, Command, CreatePayment, Nonce, NonceId, Outcome, Refusal, StoredAnswer, apply};
use tallyport_domain::ids::{AppId, PaymentId};
use tallyport_domain::ledger::Channel;
use tallyport_domain::payment::{ChannelAnswer, FailureCode, NewPayment, PaymentState};
use tallyport_domain::{Environment, Money};

const NOW_MS: i64 = 1_700_000_000_000;

/// Counts upwards instead of drawing, so that every id is new and every run is the same.
struct Counter(u64);

impl Counter {
    fn draw(&mut self) -> [u8; 10] {
        self.0 += 1;
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.0.to_be_bytes());
        bytes
    }
}

struct World {
    books: Books,
    counter: Counter,
}

impl World {
    fn new() -> Self {
        Self { books: Books::default(), counter: Counter(0) }
    }

    fn apply(&mut self, command: &Command) -> Result<Outcome, Refusal> {
        apply(&mut self.books, command, &mut || self.counter.draw(), NOW_MS)
    }

    fn create(&mut self, order: &str, key: &str, minor: i64, nonce: Option<&str>) -> Result<Outcome, Refusal> {
        let id = PaymentId::from_parts(NOW_MS, self.counter.draw());
        let amount = Money::from_minor(minor, "USD".parse().unwrap());
        let request = format!(r#"{{"order_id":"{order}","amount":"{}"}}"#, amount.amount());
        let create = CreatePayment {
            payment: NewPayment {
                id,
                application_id: AppId::from_parts(NOW_MS, [1; 10]),
                environment: Environment::Sandbox,
                order_id: order.parse().unwrap(),
                amount,
                method: "card_ok".parse().unwrap(),
                description: None,
            },
            key: key.parse().unwrap(),
            request,
            nonce: nonce
                .map(|value| Nonce { id: NonceId { key_id: "ak".into(), value: value.into() }, expires_at_ms: NOW_MS }),
        };
        self.apply(&Command::CreatePayment(Box::new(create)))
    }

    fn answer(&mut self, payment_id: PaymentId, answer: ChannelAnswer) -> Result<Outcome, Refusal> {
        self.apply(&Command::BookAnswer { payment_id, channel: Channel::SandboxCard, answer })
    }
}

fn created(outcome: Result<Outcome, Refusal>) -> PaymentId {
    match outcome {
        Ok(Outcome::Created(payment)) => payment.asked.id,
        other => panic!("not created: {other:?}"),
    }
}

#[test]
fn a_captured_payment_credits_the_application_and_debits_the_channel() {
    let mut world = World::new();
    let payment = created(world.create("A-1", "k1", 10_000, None));
    world.answer(payment, ChannelAnswer::Captured).unwrap();
    let mut amounts: Vec<i64> = world.books.changes.entries.iter().map(|entry| entry.amount_minor).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [-10_000, 10_000]);
    let sequences: Vec<i64> = world.books.changes.events.iter().map(|event| event.sequence).collect();
    assert_eq!(sequences, [1, 2]);
}

#[test]
fn a_second_answer_is_refused_and_moves_nothing() {
    let mut world = World::new();
    let payment = created(world.create("A-1", "k1", 10_000, None));
    world.answer(payment, ChannelAnswer::Captured).unwrap();
    let second = world.answer(payment, ChannelAnswer::Failed(FailureCode::Declined));
    assert!(matches!(second, Err(Refusal::Answer(_))));
    assert_eq!(world.books.changes.entries.len(), 2);
    assert_eq!(world.books.changes.events.len(), 2);
}

#[test]
fn an_order_is_paid_once_but_may_be_paid_anew_after_a_failure() {
    let mut world = World::new();
    let first = created(world.create("A-1", "k1", 10_000, None));
    assert_eq!(world.create("A-1", "k2", 10_000, None), Err(Refusal::OrderInProgress { payment: first }));
    world.answer(first, ChannelAnswer::Failed(FailureCode::Declined)).unwrap();
    let second = created(world.create("A-1", "k3", 10_000, None));
    world.answer(second, ChannelAnswer::Captured).unwrap();
    assert_eq!(world.create("A-1", "k4", 10_000, None), Err(Refusal::OrderAlreadyPaid { payment: second }));
}

#[test]
fn a_repeated_request_gets_the_first_answer_and_another_body_names_what_differs() {
    let mut world = World::new();
    created(world.create("A-1", "k1", 10_000, None));
    assert_eq!(world.create("A-1", "k1", 10_000, None), Err(Refusal::IdempotencyInProgress));
    let answer = StoredAnswer { status: 201, body: "{}".into() };
    world.books.idempotency.values_mut().for_each(|record| record.answer = Some(answer.clone()));
    assert_eq!(world.create("A-1", "k1", 10_000, None), Ok(Outcome::Replayed(answer)));
    let reused = world.create("A-1", "k1", 20_000, None);
    assert_eq!(reused, Err(Refusal::IdempotencyReused { pointers: vec!["/amount".into()] }));
}

#[test]
fn a_nonce_works_once_and_is_used_up_by_a_refused_command_too() {
    let mut world = World::new();
    created(world.create("A-1", "k1", 10_000, Some("n1")));
    assert!(matches!(world.create("A-1", "k2", 10_000, Some("n2")), Err(Refusal::OrderInProgress { .. })));
    assert_eq!(world.create("A-2", "k3", 10_000, Some("n2")), Err(Refusal::NonceReused));
    assert_eq!(world.books.changes.nonces.len(), 2);
    assert_eq!(world.books.payments.len(), 1);
}

#[test]
fn a_capture_that_would_overflow_the_balance_is_refused_as_a_whole() {
    let mut world = World::new();
    let first = created(world.create("A-1", "k1", i64::MAX, None));
    world.answer(first, ChannelAnswer::Captured).unwrap();
    let second = created(world.create("A-2", "k2", 1, None));
    assert!(matches!(world.answer(second, ChannelAnswer::Captured), Err(Refusal::Entry(_))));
    assert_eq!(world.books.changes.entries.len(), 2);
    assert_eq!(world.books.payments[&second].state, PaymentState::Processing);
}

#[derive(Debug, Clone)]
enum Step {
    Create { order: u8, key: u8, minor: i64, nonce: Option<u8> },
    Answer { nth: usize, captured: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let minor = prop_oneof![1i64..1_000_000, Just(i64::MAX), Just(i64::MAX / 2)];
    prop_oneof![
        (0u8..8, 0u8..16, minor, prop::option::of(0u8..32)).prop_map(|(order, key, minor, nonce)| Step::Create {
            order,
            key,
            minor,
            nonce
        }),
        (0usize..32, any::<bool>()).prop_map(|(nth, captured)| Step::Answer { nth, captured }),
    ]
}

fn check(books: &Books) -> Result<(), TestCaseError> {
    let changes = &books.changes;
    let sum: i128 = changes.entries.iter().map(|entry| i128::from(entry.amount_minor)).sum();
    prop_assert_eq!(sum, 0, "postings sum to zero");
    for account in books.accounts.values() {
        let entries: Vec<_> = changes.entries.iter().filter(|entry| entry.account_id == account.id).collect();
        let total: i128 = entries.iter().map(|entry| i128::from(entry.amount_minor)).sum();
        prop_assert_eq!(total, i128::from(account.balance_minor), "a balance is the sum of its entries");
        prop_assert!(account.balance_minor >= 0 || account.key.purpose.may_be_negative());
        for (position, entry) in entries.iter().enumerate() {
            prop_assert_eq!(entry.sequence, i64::try_from(position).unwrap() + 1, "entries have no gaps");
        }
    }
    let mut sequences: HashMap<PaymentId, i64> = HashMap::new();
    for event in &changes.events {
        let last = sequences.entry(event.payment.asked.id).or_default();
        prop_assert_eq!(event.sequence, *last + 1, "events have no gaps");
        *last = event.sequence;
    }
    let mut alive = HashSet::new();
    for payment in books.payments.values() {
        if !matches!(payment.state, PaymentState::Failed { .. }) {
            prop_assert!(alive.insert(payment.asked.order_id.as_str().to_owned()), "an order is paid once");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn whatever_comes_the_books_balance(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new();
        let mut made = Vec::new();
        for step in steps {
            match step {
                Step::Create { order, key, minor, nonce } => {
                    let nonce = nonce.map(|nonce| format!("n{nonce}"));
                    let outcome = world.create(&format!("o{order}"), &format!("k{key}"), minor, nonce.as_deref());
                    if let Ok(Outcome::Created(payment)) = outcome {
                        made.push(payment.asked.id);
                    }
                }
                Step::Answer { nth, captured } => {
                    if let Some(payment) = made.get(nth) {
                        let failed = ChannelAnswer::Failed(FailureCode::Declined);
                        let _ = world.answer(*payment, if captured { ChannelAnswer::Captured } else { failed });
                    }
                }
            }
            check(&world.books)?;
        }
    }
}
