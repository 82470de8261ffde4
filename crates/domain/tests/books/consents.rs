//! Payments of account holders: exactly what was consented to, once, from their wallet.

use tallyport_domain::books::{
    Command, ConsentRefusal, ConsentedPayment, MovementAsked, Outcome, PaymentConsent, Refusal, TransferTo,
};
use tallyport_domain::channel::{Channel, ChannelAnswer};
use tallyport_domain::ids::{GrantId, HolderId, PaymentId};
use tallyport_domain::ledger::{AccountKey, AccountPurpose, EntryRefusal, Owner};
use tallyport_domain::oauth::{Payee, PaymentDetail};
use tallyport_domain::payment::{Method, Payer, PaymentStatus};
use tallyport_domain::{Environment, Money};

use crate::world::{Ask, NOW_MS, World, dollar, dollars};

const APPROVED: Option<ChannelAnswer> = Some(ChannelAnswer::Approved);

fn holder() -> HolderId {
    HolderId::from_parts(NOW_MS, [3; 10])
}

fn grant() -> GrantId {
    GrantId::from_parts(NOW_MS, [4; 10])
}

fn payee(name: &str) -> Payee {
    Payee::parse(name).unwrap()
}

/// A world in which the holder has fifty dollars and consented to these payments to the bakery.
fn world(consented: &[i64]) -> World {
    let mut world = World::new();
    world.movement(MovementAsked::TopUp { channel: Channel::SandboxBank }, "t", Some(5_000), APPROVED).unwrap();
    world.movement(MovementAsked::Transfer { to: TransferTo::Wallet(holder()) }, "f", Some(5_000), None).unwrap();
    let payments = consented.iter().map(|minor| ConsentedPayment {
        detail: PaymentDetail { amount: dollars(*minor), payee: payee("bakery") },
        used_by: None,
    });
    let consent = PaymentConsent { holder_id: holder(), ends_at_ms: NOW_MS + 1, payments: payments.collect() };
    world.books.consents.insert(grant(), consent);
    world
}

fn wallet(world: &World) -> i64 {
    let key = AccountKey {
        owner: Owner::Holder(holder()),
        environment: Environment::Sandbox,
        purpose: AccountPurpose::Wallet,
        currency: dollar(),
    };
    world.books.accounts[&key].balance_minor
}

/// What an order of so many cents to a payee comes to.
fn pay(world: &mut World, order: &str, amount: Money, to: &str) -> Result<Outcome, Refusal> {
    let ask = Ask { decided: APPROVED, ..Ask::hundred(order) };
    let Command::CreatePayment(mut create) = world.creating(&ask) else { unreachable!() };
    create.payment.amount = amount;
    create.payment.method = Method::HolderWallet;
    create.payment.payer = Some(Payer { holder_id: holder(), grant_id: grant(), payee: payee(to) });
    world.apply(&Command::CreatePayment(create))
}

fn used(world: &World) -> Vec<Option<PaymentId>> {
    world.books.consents[&grant()].payments.iter().map(|one| one.used_by).collect()
}

#[test]
fn the_wallet_pays_the_application_and_the_consent_is_used_up() {
    let mut world = world(&[3_000]);
    let paid = pay(&mut world, "A-1", dollars(3_000), "bakery");
    let id = world.payment_of(paid);
    assert_eq!(world.payment(id).state.status(), PaymentStatus::Captured);
    assert_eq!((wallet(&world), world.balance(AccountPurpose::Available)), (2_000, 3_000));
    assert_eq!(used(&world), [Some(id)]);
    assert_eq!(world.books.changes.consents_used.len(), 1);
    let again = pay(&mut world, "A-2", dollars(3_000), "bakery");
    assert_eq!(again, Err(Refusal::Consent(ConsentRefusal::Used { payment: id })));
    assert_eq!(wallet(&world), 2_000);
}

#[test]
fn the_same_call_again_gets_its_answer_although_the_consent_is_used_up() {
    let mut world = world(&[3_000]);
    pay(&mut world, "A-1", dollars(3_000), "bakery").unwrap();
    assert!(matches!(pay(&mut world, "A-1", dollars(3_000), "bakery"), Ok(Outcome::Replayed(_))));
    assert_eq!(wallet(&world), 2_000);
}

#[test]
fn another_amount_currency_or_payee_is_refused_and_uses_nothing_up() {
    let mut world = world(&[3_000]);
    let euros = Money::from_minor(3_000, "EUR".parse().unwrap());
    for (amount, to) in
        [(dollars(2_999), "bakery"), (dollars(3_001), "bakery"), (dollars(3_000), "bank"), (euros, "bakery")]
    {
        let refused = pay(&mut world, "A-1", amount, to);
        assert_eq!(refused, Err(Refusal::Consent(ConsentRefusal::NotGiven { amount, payee: payee(to) })));
    }
    assert_eq!((wallet(&world), used(&world)), (5_000, vec![None]));
    pay(&mut world, "A-1", dollars(3_000), "bakery").unwrap();
}

#[test]
fn two_consents_to_the_same_payment_are_two_payments() {
    let mut world = world(&[1_000, 2_000, 1_000]);
    for order in ["A-1", "A-2"] {
        pay(&mut world, order, dollars(1_000), "bakery").unwrap();
    }
    let third = pay(&mut world, "A-3", dollars(1_000), "bakery");
    assert!(matches!(third, Err(Refusal::Consent(ConsentRefusal::Used { .. }))));
    assert_eq!(used(&world).iter().filter(|used| used.is_some()).count(), 2);
    assert_eq!((used(&world)[1], wallet(&world)), (None, 3_000));
}

#[test]
fn an_ended_consent_and_another_holders_pay_nothing() {
    let mut world = world(&[1_000]);
    world.books.consents.get_mut(&grant()).unwrap().ends_at_ms = NOW_MS;
    let late = pay(&mut world, "A-1", dollars(1_000), "bakery");
    assert_eq!(late, Err(Refusal::Consent(ConsentRefusal::Ended)));
    let consent = world.books.consents.get_mut(&grant()).unwrap();
    (consent.ends_at_ms, consent.holder_id) = (NOW_MS + 1, HolderId::from_parts(NOW_MS, [9; 10]));
    assert_eq!(pay(&mut world, "A-1", dollars(1_000), "bakery"), Err(Refusal::Consent(ConsentRefusal::Ended)));
    world.books.consents.clear();
    assert_eq!(pay(&mut world, "A-1", dollars(1_000), "bakery"), Err(Refusal::Consent(ConsentRefusal::Ended)));
}

#[test]
fn an_empty_wallet_leaves_the_consent_as_it_was() {
    let mut world = world(&[5_001]);
    let refused = pay(&mut world, "A-1", dollars(5_001), "bakery");
    assert_eq!(refused, Err(Refusal::Entry(EntryRefusal::WalletInsufficient)));
    assert_eq!(used(&world), [None]);
    world.movement(MovementAsked::TopUp { channel: Channel::SandboxBank }, "t2", Some(1), APPROVED).unwrap();
    world.movement(MovementAsked::Transfer { to: TransferTo::Wallet(holder()) }, "f2", Some(1), None).unwrap();
    pay(&mut world, "A-1", dollars(5_001), "bakery").unwrap();
    assert_eq!(wallet(&world), 0);
}

#[test]
fn a_refund_goes_back_into_the_wallet_at_once_or_later() {
    let mut world = world(&[3_000]);
    let paid = pay(&mut world, "A-1", dollars(3_000), "bakery");
    let payment = world.payment_of(paid);
    world.movement(MovementAsked::Refund { payment, to_holder: None }, "r1", Some(1_000), APPROVED).unwrap();
    assert_eq!((wallet(&world), world.balance(AccountPurpose::Available)), (3_000, 2_000));
    let waiting = world.movement(MovementAsked::Refund { payment, to_holder: None }, "r2", None, None);
    let refund = world.object(waiting);
    assert_eq!((wallet(&world), world.balance(AccountPurpose::Reserved)), (3_000, 2_000));
    world.book(refund, ChannelAnswer::Approved).unwrap();
    assert_eq!((wallet(&world), world.balance(AccountPurpose::Reserved)), (5_000, 0));
    assert_eq!(world.payment(payment).state.status(), PaymentStatus::Refunded);
}
