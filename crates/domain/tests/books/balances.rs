//! Money that ends in an account holder's wallet without their doing: a payee's, and a payer's whose channel
//! gives nothing back.

use proptest::prelude::*;
use tallyport_domain::Environment;
use tallyport_domain::books::{Command, MovementAsked, Refusal};
use tallyport_domain::channel::{ChannelAnswer, FailureCode};
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{HolderId, PaymentId};
use tallyport_domain::ledger::{AccountPurpose, AccountsOf, EntryRefusal};
use tallyport_domain::movement::{MovementKind, MovementState, RefundTo};
use tallyport_domain::payment::{CaptureMode, PaymentStatus};

use crate::world::{Ask, NOW_MS, World, application, dollar, dollars};

const APPROVED: Option<ChannelAnswer> = Some(ChannelAnswer::Approved);
const CLOSED: ChannelAnswer = ChannelAnswer::Failed(FailureCode::ChannelClosed);
const EXHAUSTED: ChannelAnswer = ChannelAnswer::Failed(FailureCode::ChannelExhausted);

fn holder() -> HolderId {
    HolderId::from_parts(NOW_MS, [3; 10])
}

fn wallet(world: &World) -> i64 {
    let of = AccountsOf { application: application(), environment: Environment::Sandbox, currency: dollar() };
    world.books.accounts.get(&of.wallet(holder())).map_or(0, |account| account.balance_minor)
}

fn pay_to_holder(world: &mut World, ask: &Ask<'_>) -> PaymentId {
    let mut command = world.creating(ask);
    let Command::CreatePayment(create) = &mut command else { unreachable!() };
    create.payment.payee = Some(holder());
    let made = world.apply(&command);
    world.payment_of(made)
}

fn back(payment: PaymentId) -> MovementAsked {
    MovementAsked::Refund { payment, to_holder: Some(holder()) }
}

#[test]
fn payee_gets_what_is_captured_less_the_fee() {
    let mut world = World::new();
    let fee = Fee { basis_points: 290, fixed_minor: 30 };
    let payment = pay_to_holder(&mut world, &Ask { fee, decided: APPROVED, ..Ask::hundred("A-1") });
    assert_eq!((wallet(&world), world.balance(AccountPurpose::Fees)), (9_680, 320));
    assert_eq!(world.balance(AccountPurpose::Available), 0);
    // What the payee got is theirs: the application pays a refund from what it has.
    let refund = world.movement(back(payment), "r1", Some(1_000), APPROVED);
    assert_eq!(refund, Err(Refusal::Entry(EntryRefusal::InsufficientBalance { balance: dollars(0) })));
}

#[test]
fn refund_through_a_closed_or_exhausted_channel_goes_into_the_payers_wallet() {
    for gone in [CLOSED, EXHAUSTED] {
        let mut world = World::new();
        let made = world.create(&Ask { decided: APPROVED, ..Ask::hundred("A-1") });
        let payment = world.payment_of(made);
        let at_once = world.movement(back(payment), "r1", Some(3_000), Some(gone));
        let at_once = world.object(at_once);
        let later = world.movement(back(payment), "r2", None, None);
        let later = world.object(later);
        world.book(later, gone).unwrap();
        for id in [at_once, later] {
            let movement = &world.books.movements[&id];
            assert_eq!(movement.state, MovementState::Succeeded);
            assert!(matches!(movement.kind, MovementKind::Refund { to: RefundTo::Wallet(to), .. } if to == holder()));
        }
        assert_eq!(wallet(&world), 10_000);
        assert_eq!((world.balance(AccountPurpose::Available), world.balance(AccountPurpose::Reserved)), (0, 0));
        assert_eq!(world.payment(payment).state.status(), PaymentStatus::Refunded);
    }
}

#[test]
fn refund_goes_back_through_the_channel_as_long_as_that_works_and_fails_without_another_way() {
    let mut world = World::new();
    let made = world.create(&Ask { decided: APPROVED, ..Ask::hundred("A-1") });
    let payment = world.payment_of(made);
    world.movement(back(payment), "r1", Some(4_000), APPROVED).unwrap();
    let declined = ChannelAnswer::Failed(FailureCode::Declined);
    let refused = world.movement(back(payment), "r2", Some(1_000), Some(declined));
    let refused = world.object(refused);
    assert_eq!(world.books.movements[&refused].state, MovementState::Failed { failure: FailureCode::Declined });
    let nowhere = MovementAsked::Refund { payment, to_holder: None };
    let closed = world.movement(nowhere, "r3", Some(1_000), Some(CLOSED));
    let closed = world.object(closed);
    assert_eq!(world.books.movements[&closed].state, MovementState::Failed { failure: FailureCode::ChannelClosed });
    assert_eq!((wallet(&world), world.balance(AccountPurpose::Available)), (0, 6_000));
}

#[test]
fn wallet_that_is_full_leaves_the_money_with_the_application() {
    let mut world = World::new();
    let full = pay_to_holder(&mut world, &Ask { minor: i64::MAX - 5, decided: APPROVED, ..Ask::hundred("A-0") });
    assert_eq!(world.payment(full).state.status(), PaymentStatus::Captured);
    let made = world.create(&Ask { minor: 6, decided: APPROVED, ..Ask::hundred("A-1") });
    let payment = world.payment_of(made);
    let refund = world.movement(back(payment), "r1", None, None);
    let refund = world.object(refund);
    world.book(refund, CLOSED).unwrap();
    assert_eq!(world.books.movements[&refund].state, MovementState::Failed { failure: FailureCode::AccountLimit });
    assert_eq!((world.balance(AccountPurpose::Available), world.balance(AccountPurpose::Reserved)), (6, 0));
}

proptest! {
    #[test]
    fn several_captures_pay_the_payee_as_much_as_one(
        parts in proptest::collection::vec(1i64..5_000, 1..6), points in 0u16..=10_000, fixed in 0i64..200,
    ) {
        let fee = Fee { basis_points: points, fixed_minor: fixed };
        let minor = parts.iter().sum();
        let (mut once, mut often) = (World::new(), World::new());
        pay_to_holder(&mut once, &Ask { minor, fee, decided: APPROVED, ..Ask::hundred("A-1") });
        let manual = Ask { minor, fee, capture: CaptureMode::Manual, decided: APPROVED, ..Ask::hundred("A-1") };
        let payment = pay_to_holder(&mut often, &manual);
        for (number, part) in parts.iter().enumerate() {
            often.capture(payment, &format!("c{number}"), Some(*part), false).unwrap();
        }
        prop_assert_eq!(wallet(&once), wallet(&often));
        prop_assert_eq!(once.balance(AccountPurpose::Fees), often.balance(AccountPurpose::Fees));
        prop_assert_eq!(often.balance(AccountPurpose::Available), 0);
    }
}
