//! Taking money that is held, and calling payments off.

use tallyport_domain::books::{Command, MovementAsked, Nonce, NonceId, Outcome, Refusal};
use tallyport_domain::channel::ChannelAnswer;
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::PaymentId;
use tallyport_domain::ledger::AccountPurpose;
use tallyport_domain::payment::{CaptureMode, MoveRefusal, PaymentState, PaymentStatus};
use tallyport_domain::schedule::AUTHORIZATION_MS;

use crate::world::{Ask, NOW_MS, World, capturing, dollars};

fn authorized(world: &mut World, order: &str) -> PaymentId {
    let fee = Fee { basis_points: 100, fixed_minor: 10 };
    let ask = Ask { capture: CaptureMode::Manual, decided: Some(ChannelAnswer::Approved), fee, ..Ask::hundred(order) };
    let made = world.create(&ask);
    let payment = world.payment_of(made);
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::Authorized);
    assert!(world.books.changes.entries.is_empty(), "held money moves nothing");
    payment
}

#[test]
fn several_captures_take_up_to_what_is_held_and_not_a_cent_more() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    world.capture(payment, "c1", Some(6_000), false).unwrap();
    assert_eq!(world.payment(payment).capturable(), dollars(4_000));
    let above = world.capture(payment, "c2", Some(4_001), false);
    assert_eq!(above, Err(Refusal::Move(MoveRefusal::AboveCapturable { capturable: dollars(4_000) })));
    world.capture(payment, "c3", None, false).unwrap();
    assert_eq!(world.payment(payment).captured(), dollars(10_000));
    assert!(matches!(world.capture(payment, "c4", Some(1), false), Err(Refusal::Move(MoveRefusal::WrongState { .. }))));
    assert_eq!(world.balance(AccountPurpose::Fees), 110, "as for one capture of the whole");
    assert_eq!(world.balance(AccountPurpose::Available), 10_000 - 110);
}

#[test]
fn a_final_capture_gives_the_rest_up() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    world.capture(payment, "c1", Some(6_000), true).unwrap();
    assert_eq!(world.payment(payment).capturable(), dollars(0));
    assert!(matches!(world.capture(payment, "c2", None, false), Err(Refusal::Move(_))));
}

#[test]
fn the_same_capture_twice_takes_once() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    world.capture(payment, "c1", Some(6_000), false).unwrap();
    assert!(matches!(world.capture(payment, "c1", Some(6_000), false), Ok(Outcome::Replayed(_))));
    assert!(matches!(world.capture(payment, "c1", Some(5_000), false), Err(Refusal::IdempotencyReused { .. })));
    assert_eq!(world.payment(payment).captured(), dollars(6_000));
}

#[test]
fn a_hold_ends_with_its_time_and_frees_the_order() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    world.now_ms = NOW_MS + AUTHORIZATION_MS;
    assert!(matches!(world.capture(payment, "c1", None, false), Err(Refusal::Move(_))));
    world.apply(&Command::ExpirePayment { payment }).unwrap();
    assert_eq!(world.payment(payment).state, PaymentState::Expired);
    assert!(world.create(&Ask { key: "anew", ..Ask::hundred("A-1") }).is_ok());
}

#[test]
fn what_is_left_of_a_hold_ends_with_its_time_and_is_told() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    world.capture(payment, "c1", Some(6_000), false).unwrap();
    world.now_ms = NOW_MS + AUTHORIZATION_MS;
    let ended = Err(Refusal::Move(MoveRefusal::HoldEnded { payment }));
    assert_eq!(world.capture(payment, "c2", None, false), ended);
    let entries = world.books.changes.entries.len();
    world.apply(&Command::ExpirePayment { payment }).unwrap();
    let after = world.payment(payment);
    assert_eq!((after.state.status(), after.capturable()), (PaymentStatus::Captured, dollars(0)));
    assert_eq!((after.captured(), after.state.due_at_ms()), (dollars(6_000), None));
    assert_eq!(world.told().last(), Some(&"payment.hold_ended"));
    assert_eq!(world.books.changes.entries.len(), entries, "held money moves nothing");
    assert!(matches!(world.apply(&Command::ExpirePayment { payment }), Err(Refusal::Move(_))), "it ends once");
}

#[test]
fn a_capture_is_told_as_one_also_after_a_refund() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    world.capture(payment, "c1", Some(6_000), false).unwrap();
    // For the fee, which is not given back.
    world.create(&Ask { decided: Some(ChannelAnswer::Approved), key: "k2", ..Ask::hundred("A-2") }).unwrap();
    let refund = MovementAsked::Refund { payment, to_holder: None };
    world.movement(refund, "r1", None, Some(ChannelAnswer::Approved)).unwrap();
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::Refunded);
    world.capture(payment, "c2", None, false).unwrap();
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::PartiallyRefunded);
    assert_eq!(world.told().last(), Some(&"payment.captured"));
}

#[test]
fn a_repeated_call_is_answered_as_before_or_finds_nothing_and_uses_up_its_nonce() {
    let mut world = World::new();
    let payment = authorized(&mut world, "A-1");
    let mut keyed = capturing(payment, "c1", Some(6_000), false).keyed().unwrap().clone();
    keyed.nonce = Some(Nonce { id: NonceId { key_id: "ak".to_owned(), value: "n1".to_owned() }, expires_at_ms: 1 });
    let unheard = world.apply(&Command::Repeat(Box::new(keyed.clone())));
    assert_eq!(unheard, Err(Refusal::NothingToRepeat));
    assert_eq!(world.apply(&Command::Repeat(Box::new(keyed.clone()))), Err(Refusal::NonceReused));
    world.capture(payment, "c1", Some(6_000), false).unwrap();
    keyed.nonce = None;
    assert!(matches!(world.apply(&Command::Repeat(Box::new(keyed.clone()))), Ok(Outcome::Replayed(_))));
    keyed.request = "{}".to_owned();
    assert!(matches!(world.apply(&Command::Repeat(Box::new(keyed))), Err(Refusal::IdempotencyReused { .. })));
    assert_eq!(world.payment(payment).captured(), dollars(6_000));
}

#[test]
fn what_was_taken_cannot_be_called_off() {
    let mut world = World::new();
    let held = authorized(&mut world, "A-1");
    world.cancel(held, "x1").unwrap();
    assert_eq!(world.payment(held).state, PaymentState::Canceled);
    assert!(matches!(world.cancel(held, "x2"), Err(Refusal::Move(_))));
    assert!(matches!(world.cancel(held, "x1"), Ok(Outcome::Replayed(_))));
    let made = world.create(&Ask { decided: Some(ChannelAnswer::Approved), key: "k2", ..Ask::hundred("A-1") });
    let taken = world.payment_of(made);
    assert!(matches!(world.cancel(taken, "x3"), Err(Refusal::Move(MoveRefusal::WrongState { .. }))));
}
