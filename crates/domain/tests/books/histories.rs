//! Whatever comes, in whatever order: the books balance after every step.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use tallyport_domain::books::{Books, Command, MovementAsked};
use tallyport_domain::channel::{Channel, ChannelAnswer, FailureCode};
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::ObjectId;
use tallyport_domain::payment::{CaptureMode, PaymentState};

use crate::world::{Ask, World};

#[derive(Debug, Clone)]
enum Step {
    Create { order: u8, key: u8, minor: i64, manual: bool, decided: Option<u8> },
    Answer { nth: usize, answer: u8 },
    Capture { nth: usize, key: u8, minor: Option<i64>, is_final: bool },
    Cancel { nth: usize },
    Expire { nth: usize, after_ms: i64 },
    Refund { nth: usize, key: u8, minor: Option<i64>, decided: Option<u8> },
    TopUp { key: u8, minor: i64, decided: Option<u8> },
    Withdraw { key: u8, minor: i64, decided: Option<u8> },
    Book { nth: usize, answer: u8 },
}

fn answer(number: u8) -> ChannelAnswer {
    match number % 4 {
        0 | 1 => ChannelAnswer::Approved,
        2 => ChannelAnswer::Failed(FailureCode::Declined),
        _ => ChannelAnswer::Unknown,
    }
}

fn step() -> impl Strategy<Value = Step> {
    let minor = || prop_oneof![1i64..1_000, 1i64..1_000_000, Just(i64::MAX), Just(i64::MAX / 2)];
    let decided = || prop::option::of(0u8..4);
    prop_oneof![
        4 => (0u8..8, 0u8..16, minor(), any::<bool>(), decided())
            .prop_map(|(order, key, minor, manual, decided)| Step::Create { order, key, minor, manual, decided }),
        3 => (0usize..16, 0u8..4).prop_map(|(nth, answer)| Step::Answer { nth, answer }),
        2 => (0usize..16, 0u8..4, prop::option::of(minor()), any::<bool>())
            .prop_map(|(nth, key, minor, is_final)| Step::Capture { nth, key, minor, is_final }),
        1 => (0usize..16).prop_map(|nth| Step::Cancel { nth }),
        1 => (0usize..16, 0i64..1_000_000_000).prop_map(|(nth, after_ms)| Step::Expire { nth, after_ms }),
        3 => (0usize..16, 0u8..8, prop::option::of(minor()), decided())
            .prop_map(|(nth, key, minor, decided)| Step::Refund { nth, key, minor, decided }),
        1 => (0u8..8, minor(), decided()).prop_map(|(key, minor, decided)| Step::TopUp { key, minor, decided }),
        1 => (0u8..8, minor(), decided()).prop_map(|(key, minor, decided)| Step::Withdraw { key, minor, decided }),
        2 => (0usize..16, 0u8..4).prop_map(|(nth, answer)| Step::Book { nth, answer }),
    ]
}

fn take(world: &mut World, step: &Step) {
    let payments: Vec<_> = {
        let mut ids: Vec<_> = world.books.payments.keys().copied().collect();
        ids.sort_unstable();
        ids
    };
    let channel = Channel::SandboxBank;
    let decide = |decided: Option<u8>| decided.map(answer);
    let _ = match *step {
        Step::Create { order, key, minor, manual, decided } => {
            let (order, key) = (format!("o{order}"), format!("k{key}"));
            let capture = if manual { CaptureMode::Manual } else { CaptureMode::Automatic };
            let fee = Fee { basis_points: 290, fixed_minor: 30 };
            let ask = Ask { order: &order, key: &key, minor, nonce: None, capture, fee, decided: decide(decided) };
            world.create(&ask).map(|_| ())
        }
        Step::Answer { nth, answer: number } => match payments.get(nth) {
            Some(payment) => world.answer(*payment, answer(number)).map(|_| ()),
            None => Ok(()),
        },
        Step::Capture { nth, key, minor, is_final } => match payments.get(nth) {
            Some(payment) => world.capture(*payment, &format!("c{key}"), minor, is_final).map(|_| ()),
            None => Ok(()),
        },
        Step::Cancel { nth } => match payments.get(nth) {
            Some(payment) => world.cancel(*payment, "x").map(|_| ()),
            None => Ok(()),
        },
        Step::Expire { nth, after_ms } => match payments.get(nth) {
            Some(payment) => {
                world.now_ms += after_ms;
                world.apply(&Command::ExpirePayment { payment: *payment }).map(|_| ())
            }
            None => Ok(()),
        },
        Step::Refund { nth, key, minor, decided } => match payments.get(nth) {
            Some(payment) => {
                let asked = MovementAsked::Refund { payment: *payment, to_holder: None };
                world.movement(asked, &format!("r{key}"), minor, decide(decided)).map(|_| ())
            }
            None => Ok(()),
        },
        Step::TopUp { key, minor, decided } => world
            .movement(MovementAsked::TopUp { channel }, &format!("t{key}"), Some(minor), decide(decided))
            .map(|_| ()),
        Step::Withdraw { key, minor, decided } => world
            .movement(MovementAsked::Withdrawal { channel }, &format!("w{key}"), Some(minor), decide(decided))
            .map(|_| ()),
        Step::Book { nth, answer: number } => {
            let mut ids: Vec<ObjectId> = world.books.movements.keys().copied().collect();
            ids.sort_unstable();
            match ids.get(nth) {
                Some(movement) => world.book(*movement, answer(number)).map(|_| ()),
                None => Ok(()),
            }
        }
    };
}

fn check(books: &Books) -> Result<(), TestCaseError> {
    let changes = &books.changes;
    for account in books.accounts.values() {
        let entries: Vec<_> = changes.entries.iter().filter(|entry| entry.account_id == account.id).collect();
        let total: i128 = entries.iter().map(|entry| i128::from(entry.amount_minor)).sum();
        prop_assert_eq!(total, i128::from(account.balance_minor), "a balance is the sum of its entries");
        prop_assert!(account.balance_minor >= 0 || account.key.purpose.may_be_negative());
        let mut before = 0;
        for (position, entry) in entries.iter().enumerate() {
            prop_assert_eq!(entry.sequence, i64::try_from(position).unwrap() + 1, "entries have no gaps");
            prop_assert_eq!(entry.balance_after_minor, before + entry.amount_minor, "an entry carries the balance");
            before = entry.balance_after_minor;
        }
    }
    let mut postings: HashMap<_, i128> = HashMap::new();
    for entry in &changes.entries {
        *postings.entry(entry.posting_id).or_default() += i128::from(entry.amount_minor);
    }
    prop_assert!(postings.values().all(|sum| *sum == 0), "postings sum to zero");
    let mut sequences: HashMap<ObjectId, i64> = HashMap::new();
    for event in &changes.events {
        let last = sequences.entry(event.object.id()).or_default();
        prop_assert_eq!(event.sequence, *last + 1, "events have no gaps");
        *last = event.sequence;
    }
    let mut alive = HashSet::new();
    for payment in books.payments.values() {
        if let PaymentState::Taken(taken) = payment.state {
            prop_assert!(taken.refundable_minor() >= 0, "no more goes back than was taken");
            prop_assert!(taken.captured_minor + taken.capturable_minor <= payment.asked.amount.minor());
        }
        if !payment.state.status().frees_the_order() {
            prop_assert!(alive.insert(payment.asked.order_id.as_str().to_owned()), "an order is paid once");
        }
        prop_assert_eq!(sequences.get(&ObjectId::Payment(payment.asked.id)), Some(&payment.event_count));
    }
    Ok(())
}

proptest! {
    #[test]
    fn whatever_comes_the_books_balance(steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new();
        for step in steps {
            take(&mut world, &step);
            check(&world.books)?;
        }
    }
}
