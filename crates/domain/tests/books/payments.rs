//! Making payments and booking answers.

use tallyport_domain::books::{Outcome, Refusal, StoredAnswer};
use tallyport_domain::channel::{ChannelAnswer, FailureCode};
use tallyport_domain::fee::Fee;
use tallyport_domain::ledger::AccountPurpose;
use tallyport_domain::payment::{ActionKind, MoveRefusal, PaymentState, PaymentStatus};
use tallyport_domain::schedule::{ACTION_MS, CHECKS_MS};

use crate::world::{Ask, NOW_MS, World};

#[test]
fn a_captured_payment_credits_the_application_and_debits_the_channel() {
    let mut world = World::new();
    let made = world.create(&Ask::hundred("A-1"));
    let payment = world.payment_of(made);
    world.answer(payment, ChannelAnswer::Approved).unwrap();
    let mut amounts: Vec<i64> = world.books.changes.entries.iter().map(|entry| entry.amount_minor).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [-10_000, 10_000]);
    assert_eq!(world.told(), ["payment.created", "payment.captured"]);
}

#[test]
fn a_payment_that_is_decided_at_once_tells_and_books_the_same() {
    let mut world = World::new();
    let ask = Ask { decided: Some(ChannelAnswer::Approved), ..Ask::hundred("A-1") };
    let made = world.create(&ask);
    let payment = world.payment_of(made);
    assert_eq!(world.told(), ["payment.created", "payment.captured"]);
    assert_eq!(world.balance(AccountPurpose::Available), 10_000);
    assert_eq!(world.payment(payment).event_count, 2);
    assert!(world.books.changes.due.is_empty(), "nobody has to look at it again");
    assert!(matches!(world.create(&ask), Ok(Outcome::Replayed(StoredAnswer::Event(1)))));
}

#[test]
fn a_second_answer_is_refused_and_moves_nothing() {
    let mut world = World::new();
    let made = world.create(&Ask::hundred("A-1"));
    let payment = world.payment_of(made);
    world.answer(payment, ChannelAnswer::Approved).unwrap();
    for answer in [ChannelAnswer::Approved, ChannelAnswer::Failed(FailureCode::Declined), ChannelAnswer::Unknown] {
        assert!(matches!(world.answer(payment, answer), Err(Refusal::Move(_))));
    }
    assert_eq!(world.books.changes.entries.len(), 2);
    assert_eq!(world.books.changes.events.len(), 2);
}

#[test]
fn an_order_is_paid_once_but_may_be_paid_anew_after_a_failure() {
    let mut world = World::new();
    let ask = |key| Ask { key, ..Ask::hundred("A-1") };
    let made = world.create(&ask("k1"));
    let first = world.payment_of(made);
    assert_eq!(world.create(&ask("k2")), Err(Refusal::OrderInProgress { payment: first }));
    world.answer(first, ChannelAnswer::Failed(FailureCode::Declined)).unwrap();
    let made = world.create(&ask("k3"));
    let second = world.payment_of(made);
    world.answer(second, ChannelAnswer::Approved).unwrap();
    assert_eq!(world.create(&ask("k4")), Err(Refusal::OrderAlreadyPaid { payment: second }));
}

#[test]
fn a_repeated_request_gets_the_first_answer_and_another_body_names_what_differs() {
    let mut world = World::new();
    let ask = Ask::hundred("A-1");
    let made = world.create(&ask);
    let payment = world.payment_of(made);
    assert_eq!(world.create(&ask), Err(Refusal::IdempotencyInProgress));
    world.answer(payment, ChannelAnswer::Approved).unwrap();
    assert_eq!(world.create(&ask), Ok(Outcome::Replayed(StoredAnswer::Event(1))));
    let reused = world.create(&Ask { minor: 20_000, ..ask });
    assert_eq!(reused, Err(Refusal::IdempotencyReused { pointers: vec!["/amount".into()] }));
}

#[test]
fn a_nonce_works_once_and_is_used_up_by_a_refused_command_too() {
    let mut world = World::new();
    world.create(&Ask { nonce: Some("n1"), ..Ask::hundred("A-1") }).unwrap();
    let refused = world.create(&Ask { nonce: Some("n2"), key: "k2", ..Ask::hundred("A-1") });
    assert!(matches!(refused, Err(Refusal::OrderInProgress { .. })));
    let reused = world.create(&Ask { nonce: Some("n2"), ..Ask::hundred("A-2") });
    assert_eq!(reused, Err(Refusal::NonceReused));
    assert_eq!(world.books.changes.nonces.len(), 2);
    assert_eq!(world.books.payments.len(), 1);
}

#[test]
fn an_answer_that_would_overflow_an_account_ends_the_payment() {
    let mut world = World::new();
    let made = world.create(&Ask { minor: i64::MAX, ..Ask::hundred("A-1") });
    let first = world.payment_of(made);
    world.answer(first, ChannelAnswer::Approved).unwrap();
    let made = world.create(&Ask { minor: 1, ..Ask::hundred("A-2") });
    let second = world.payment_of(made);
    world.answer(second, ChannelAnswer::Approved).unwrap();
    assert_eq!(world.payment(second).state, PaymentState::Failed { failure: FailureCode::AccountLimit });
    assert_eq!(world.books.changes.entries.len(), 2);
    let at_once = world.create(&Ask { decided: Some(ChannelAnswer::Approved), ..Ask::hundred("A-3") });
    assert!(matches!(at_once, Err(Refusal::Entry(_))), "{at_once:?}");
    assert_eq!(world.books.payments.len(), 2);
}

#[test]
fn an_unknown_outcome_is_asked_about_on_schedule_and_always_ends() {
    let mut world = World::new();
    let made = world.create(&Ask { decided: Some(ChannelAnswer::Unknown), ..Ask::hundred("A-1") });
    let payment = world.payment_of(made);
    for (checks, wait_ms) in CHECKS_MS.into_iter().enumerate() {
        let due_at_ms = world.now_ms + wait_ms;
        let checks = u32::try_from(checks).unwrap();
        assert_eq!(world.payment(payment).state, PaymentState::Unknown { checks, next_check_at_ms: due_at_ms });
        assert_eq!(world.books.changes.due.values().next(), Some(&Some(due_at_ms)));
        // The same question, asked by two at once or answered twice, counts once.
        world.now_ms = due_at_ms - 1;
        let again = world.answer(payment, ChannelAnswer::Unknown);
        assert!(matches!(again, Err(Refusal::Move(MoveRefusal::WrongState { .. }))), "{again:?}");
        world.now_ms = due_at_ms;
        world.answer(payment, ChannelAnswer::Unknown).unwrap();
    }
    assert_eq!(world.payment(payment).state, PaymentState::Failed { failure: FailureCode::ChannelSilent });
    assert_eq!(world.books.changes.due.values().next(), Some(&None));
}

#[test]
fn a_payer_who_acts_pays_and_one_who_does_not_lets_it_expire() {
    let mut world = World::new();
    let decided = Some(ChannelAnswer::ActionRequired(ActionKind::Authenticate));
    let made = world.create(&Ask { decided, ..Ask::hundred("A-1") });
    let acts = world.payment_of(made);
    let made = world.create(&Ask { decided, ..Ask::hundred("A-2") });
    let waits = world.payment_of(made);
    let expire = tallyport_domain::books::Command::ExpirePayment { payment: waits };
    assert!(matches!(world.apply(&expire), Err(Refusal::Move(_))), "it is too early");
    world.answer(acts, ChannelAnswer::Approved).unwrap();
    world.now_ms = NOW_MS + ACTION_MS;
    world.apply(&expire).unwrap();
    assert_eq!(world.payment(acts).state.status(), PaymentStatus::Captured);
    assert_eq!(world.payment(waits).state, PaymentState::Expired);
    assert!(matches!(world.answer(waits, ChannelAnswer::Approved), Err(Refusal::Move(_))));
    assert!(world.create(&Ask { key: "anew", ..Ask::hundred("A-2") }).is_ok());
}

#[test]
fn the_fee_of_the_plan_is_charged_with_the_capture() {
    let mut world = World::new();
    let fee = Fee { basis_points: 290, fixed_minor: 30 };
    world.create(&Ask { fee, decided: Some(ChannelAnswer::Approved), ..Ask::hundred("A-1") }).unwrap();
    assert_eq!(world.balance(AccountPurpose::Available), 10_000 - 320);
    assert_eq!(world.balance(AccountPurpose::Fees), 320);
}
