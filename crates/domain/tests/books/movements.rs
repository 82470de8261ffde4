//! Refunds, top-ups, withdrawals and transfers.

use tallyport_domain::books::{MovementAsked, Outcome, Refusal, TransferTo};
use tallyport_domain::channel::{Channel, ChannelAnswer, FailureCode};
use tallyport_domain::ids::{AccountId, PaymentId};
use tallyport_domain::ledger::{Account, AccountKey, AccountPurpose, EntryRefusal, Owner};
use tallyport_domain::movement::MovementState;
use tallyport_domain::payment::{MoveRefusal, PaymentStatus};
use tallyport_domain::{Environment, ids};

use crate::world::{Ask, NOW_MS, World, dollar, dollars};

const APPROVED: Option<ChannelAnswer> = Some(ChannelAnswer::Approved);
const TOP_UP: MovementAsked = MovementAsked::TopUp { channel: Channel::SandboxBank };
const WITHDRAWAL: MovementAsked = MovementAsked::Withdrawal { channel: Channel::SandboxBank };

fn captured(world: &mut World) -> PaymentId {
    let made = world.create(&Ask { decided: APPROVED, ..Ask::hundred("A-1") });
    world.payment_of(made)
}

#[test]
fn refunds_never_give_back_more_than_was_captured() {
    let mut world = World::new();
    let payment = captured(&mut world);
    let refund = MovementAsked::Refund { payment, to_holder: None };
    world.movement(refund, "r1", Some(4_000), APPROVED).unwrap();
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::PartiallyRefunded);
    let above = world.movement(refund, "r2", Some(6_001), APPROVED);
    assert_eq!(above, Err(Refusal::Move(MoveRefusal::AboveRefundable { refundable: dollars(6_000) })));
    world.movement(refund, "r3", None, APPROVED).unwrap();
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::Refunded);
    assert!(matches!(world.movement(refund, "r4", None, APPROVED), Err(Refusal::Move(_))));
    assert_eq!(world.balance(AccountPurpose::Available), 0);
    assert_eq!(world.balance(AccountPurpose::Reserved), 0);
}

#[test]
fn a_refund_on_its_way_counts_and_comes_back_when_it_fails() {
    let mut world = World::new();
    let payment = captured(&mut world);
    let refund = MovementAsked::Refund { payment, to_holder: None };
    let made = world.movement(refund, "r1", Some(7_000), None);
    let id = world.object(made);
    assert_eq!((world.balance(AccountPurpose::Available), world.balance(AccountPurpose::Reserved)), (3_000, 7_000));
    assert!(matches!(world.movement(refund, "r2", Some(3_001), APPROVED), Err(Refusal::Move(_))));
    world.book(id, ChannelAnswer::Failed(FailureCode::Declined)).unwrap();
    assert_eq!((world.balance(AccountPurpose::Available), world.balance(AccountPurpose::Reserved)), (10_000, 0));
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::Captured);
    assert!(matches!(world.book(id, ChannelAnswer::Approved), Err(Refusal::AnswerTooLate(_))));
}

#[test]
fn a_refund_needs_the_money_in_the_balance() {
    let mut world = World::new();
    let payment = captured(&mut world);
    world.movement(WITHDRAWAL, "w1", Some(9_000), APPROVED).unwrap();
    let refund = world.movement(MovementAsked::Refund { payment, to_holder: None }, "r1", None, APPROVED);
    assert_eq!(refund, Err(Refusal::Entry(EntryRefusal::InsufficientBalance { balance: dollars(1_000) })));
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::Captured);
}

#[test]
fn a_withdrawal_puts_aside_and_gives_back_what_the_bank_refuses() {
    let mut world = World::new();
    world.movement(TOP_UP, "t1", Some(500), APPROVED).unwrap();
    let made = world.movement(WITHDRAWAL, "w1", Some(400), None);
    let id = world.object(made);
    let above = world.movement(WITHDRAWAL, "w2", Some(101), None);
    assert_eq!(above, Err(Refusal::Entry(EntryRefusal::InsufficientBalance { balance: dollars(100) })));
    world.book(id, ChannelAnswer::Unknown).unwrap();
    assert!(matches!(world.books.movements[&id].state, MovementState::Unknown { checks: 0, .. }));
    assert!(matches!(world.book(id, ChannelAnswer::Unknown), Err(Refusal::AnswerTooLate(_))), "it was counted");
    assert!(matches!(world.books.movements[&id].state, MovementState::Unknown { checks: 0, .. }));
    assert_eq!(world.balance(AccountPurpose::Reserved), 400, "an unknown withdrawal stays put aside");
    world.book(id, ChannelAnswer::Failed(FailureCode::Declined)).unwrap();
    assert_eq!(world.balance(AccountPurpose::Available), 500);
    assert_eq!(world.told_of(id), [1, 2, 3]);
}

#[test]
fn a_failed_top_up_brings_nothing() {
    let mut world = World::new();
    world.movement(TOP_UP, "t1", Some(500), Some(ChannelAnswer::Failed(FailureCode::Declined))).unwrap();
    assert!(world.books.changes.entries.is_empty());
    assert_eq!(world.told(), ["top_up.created", "top_up.failed"]);
}

#[test]
fn a_transfer_reaches_a_wallet_of_its_currency_only() {
    let mut world = World::new();
    let holder = ids::HolderId::from_parts(NOW_MS, [2; 10]);
    let mut open = |number: u8, currency: &str, purpose: AccountPurpose| {
        let key = AccountKey {
            owner: Owner::Holder(holder),
            environment: Environment::Sandbox,
            purpose,
            currency: currency.parse().unwrap(),
        };
        let id = AccountId::from_parts(NOW_MS, [number; 10]);
        let account = Account { id, key, balance_minor: 0, entry_count: 0, created_at_ms: NOW_MS };
        world.books.accounts.insert(key, account);
        world.books.account_keys.insert(id, key);
        id
    };
    let wallet = open(1, "USD", AccountPurpose::Wallet);
    let euros = open(2, "EUR", AccountPurpose::Wallet);
    let clearing = open(3, "USD", AccountPurpose::Fees);
    let to = |to| MovementAsked::Transfer { to: TransferTo::Account(to) };
    assert!(matches!(world.movement(to(wallet), "f0", Some(1), None), Err(Refusal::Entry(_))), "nothing there yet");
    world.movement(TOP_UP, "t1", Some(500), APPROVED).unwrap();
    world.movement(to(wallet), "f1", Some(300), None).unwrap();
    assert!(matches!(world.movement(to(wallet), "f1", Some(300), None), Ok(Outcome::Replayed(_))));
    assert!(matches!(world.movement(to(wallet), "f2", Some(201), None), Err(Refusal::Entry(_))));
    for other in [euros, clearing, AccountId::from_parts(NOW_MS, [9; 10])] {
        let refused = world.movement(to(other), "f3", Some(1), None);
        assert_eq!(refused, Err(Refusal::NoSuchAccount { account: other }));
    }
    assert_eq!(world.balance(AccountPurpose::Available), 200);
    assert_eq!(dollar().code(), "USD");
}
