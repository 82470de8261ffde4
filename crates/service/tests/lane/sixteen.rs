//! Sixteen at once who all want the same, from two processes: one gets it, and the books stay whole.
//! The long form has five hundred rounds of each.

use std::future::Future;
use std::sync::Arc;

use tallyport_domain::books::{MovementAsked, Refusal, TransferTo};
use tallyport_domain::channel::Channel;
use tallyport_domain::ids::{GrantId, HolderId, PaymentId};
use tallyport_domain::oauth::{ClientId, GrantScopes, Payee, PaymentDetail};
use tallyport_domain::payment::{CaptureMode, Metadata};
use tallyport_domain::{Language, Money};
use tallyport_service::Caller;
use tallyport_service::audit::Actor;
use tallyport_service::caller::HolderAuthority;
use tallyport_service::holders::NewHolder;
use tallyport_service::movements::MovementRequest;
use tallyport_service::payments::{Call, CallAnswer, PaymentRefusal, PaymentRequest};
use tallyport_storage::authorization::grants::{self, GrantRecord};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::ask::Ask;
use crate::process::{BEGINNING_MS, Process, assert_books_are_whole};

const RACERS: usize = 16;

fn rounds() -> usize {
    if std::env::var_os("TALLYPORT_TEST_DEEP").is_some() { 500 } else { 6 }
}

fn dollars(minor: i64) -> Money {
    Money::from_minor(minor, "USD".parse().unwrap())
}

/// Two processes, and a caller of both.
#[derive(Clone)]
struct Track {
    processes: [Arc<Process>; 2],
    caller: Caller,
}

impl Track {
    async fn new(test: &TestDb) -> Self {
        let processes = [Arc::new(Process::start(test, 1).await), Arc::new(Process::start(test, 2).await)];
        let caller = processes[0].caller().await;
        Self { processes, caller }
    }

    /// How many of sixteen who start at once did it anew.
    async fn race<F>(&self, run: impl Fn(Arc<Process>, Caller, usize) -> F) -> usize
    where
        F: Future<Output = Result<CallAnswer, PaymentRefusal>> + Send + 'static,
    {
        let mut racers = JoinSet::new();
        for racer in 0..RACERS {
            racers.spawn(run(Arc::clone(&self.processes[racer % 2]), self.caller.clone(), racer));
        }
        let mut made = 0;
        while let Some(answer) = racers.join_next().await {
            match answer.unwrap() {
                Ok(answer) => made += usize::from(!answer.is_replayed),
                Err(PaymentRefusal::Books(_)) => {}
                Err(refusal) => panic!("only the books may refuse: {refusal:?}"),
            }
        }
        made
    }

    async fn payment(&self, order: &str, capture: CaptureMode) -> PaymentId {
        let request = PaymentRequest { capture, ..Ask::dollar(order).request() };
        let answer = self.processes[0].services.create_payment(&self.caller, request).await.unwrap();
        let payment: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        payment["id"].as_str().unwrap().parse().unwrap()
    }
}

/// Whom the account holder means to pay.
const PAYEE: &str = "shop-1";

impl Track {
    /// An account holder with so many cents in their wallet.
    async fn holder_with(&self, minor: i64) -> HolderId {
        let process = &self.processes[0];
        let new = NewHolder {
            environment: self.caller.environment,
            name: "Grace",
            email: "grace@example.com",
            phone: None,
            password: Zeroizing::new("a password for the test".to_owned()),
            language: Language::En,
        };
        let holder = process.services.create_holder(&Actor::command("test"), new).await.unwrap();
        let top_up = MovementAsked::TopUp { channel: Channel::SandboxBank };
        let transfer = MovementAsked::Transfer { to: TransferTo::Wallet(holder) };
        for (asked, key) in [(top_up, "fund"), (transfer, "give")] {
            moving(Arc::clone(process), self.caller.clone(), asked, minor, key.to_owned()).await.unwrap();
        }
        holder
    }

    /// The same track for whoever has the holder's consent to one payment of a dollar.
    async fn consented(&self, holder_id: HolderId, round: usize) -> Self {
        let scopes = GrantScopes::parse("payments:write").unwrap();
        let mut random = [0; 10];
        random[2..].copy_from_slice(&u64::try_from(round).unwrap().to_be_bytes());
        let grant = GrantRecord {
            id: GrantId::from_parts(BEGINNING_MS, random),
            holder_id,
            client: ClientId { application_id: self.caller.application_id, environment: self.caller.environment },
            scopes,
            details: String::new(),
            created_at_ms: BEGINNING_MS,
            expires_at_ms: i64::MAX,
            ended_at_ms: None,
        };
        let detail = PaymentDetail { amount: dollars(100), payee: Payee::parse(PAYEE).unwrap() };
        let mut tx = self.processes[0].services.db().begin_write().await.unwrap();
        grants::insert(&mut tx, &grant, &[detail]).await.unwrap();
        tx.commit().await.unwrap();
        let holder = HolderAuthority { holder_id, grant_id: grant.id, about: scopes, names_payments: true };
        Self { caller: Caller { holder: Some(holder), ..self.caller.clone() }, ..self.clone() }
    }
}

fn call(key: &str) -> Call {
    Call { key: key.parse().unwrap(), body: format!("{{\"key\":\"{key}\"}}"), nonce: None }
}

async fn moving(
    process: Arc<Process>,
    caller: Caller,
    asked: MovementAsked,
    minor: i64,
    key: String,
) -> Result<CallAnswer, PaymentRefusal> {
    let request = MovementRequest {
        asked,
        amount: Some(dollars(minor)),
        description: None,
        metadata: Metadata::default(),
        sandbox_outcome: None,
        call: call(&key),
    };
    process.services.make_movement(&caller, request).await
}

both_databases! {
    async fn money_that_is_held_is_captured_once(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            let payment = track.payment(&format!("A-{round}"), CaptureMode::Manual).await;
            let made = track.race(|process, caller, racer| async move {
                let (amount, key) = (Some(dollars(100)), format!("capture-{round}-{racer}"));
                process.services.capture_payment(&caller, payment, amount, true, call(&key)).await
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        assert_books_are_whole(test).await;
    }

    async fn a_payment_is_given_back_once(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            let payment = track.payment(&format!("A-{round}"), CaptureMode::Automatic).await;
            // Half of it and a cent: two would be more than was captured.
            let made = track.race(|process, caller, racer| {
                moving(process, caller, MovementAsked::Refund { payment, to_holder: None }, 51, format!("refund-{round}-{racer}"))
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        assert_books_are_whole(test).await;
    }

    async fn a_balance_is_withdrawn_once(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            track.payment(&format!("A-{round}"), CaptureMode::Automatic).await;
            let made = track.race(|process, caller, racer| {
                let asked = MovementAsked::Withdrawal { channel: Channel::SandboxBank };
                moving(process, caller, asked, 100, format!("withdrawal-{round}-{racer}"))
            }).await;
            assert_eq!(made, 1, "round {round}");
            assert_eq!(test.number("SELECT balance_minor FROM accounts WHERE purpose = 'available'").await, 0);
        }
        assert_books_are_whole(test).await;
    }

    async fn whoever_repeats_a_withdrawal_does_not_hear_that_the_balance_is_gone(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            track.payment(&format!("A-{round}"), CaptureMode::Automatic).await;
            let made = track.race(|process, caller, _| async move {
                let asked = MovementAsked::Withdrawal { channel: Channel::SandboxBank };
                let answer = moving(process, caller, asked, 100, format!("withdrawal-{round}")).await;
                let is_in_progress = matches!(answer, Err(PaymentRefusal::Books(Refusal::IdempotencyInProgress)));
                assert!(answer.is_ok() || is_in_progress, "{answer:?}");
                answer
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        assert_books_are_whole(test).await;
    }

    async fn a_balance_is_spent_once_however_it_is_spent(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            let payment = track.payment(&format!("A-{round}"), CaptureMode::Automatic).await;
            // Half of the racers give the payment back, half take the balance out.
            let made = track.race(|process, caller, racer| {
                let asked = match racer / 2 % 2 {
                    0 => MovementAsked::Refund { payment, to_holder: None },
                    _ => MovementAsked::Withdrawal { channel: Channel::SandboxBank },
                };
                moving(process, caller, asked, 100, format!("spend-{round}-{racer}"))
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        assert_eq!(test.number("SELECT balance_minor FROM accounts WHERE purpose = 'available'").await, 0);
        assert_books_are_whole(test).await;
    }

    async fn a_consent_is_used_once(test: TestDb) {
        let track = Track::new(test).await;
        // Enough for everybody, so that it is the consent that refuses.
        let racers = i64::try_from(rounds() * RACERS).unwrap();
        let payer = track.holder_with(racers * 100).await;
        for round in 0..rounds() {
            let track = track.consented(payer, round).await;
            let made = track.race(|process, caller, racer| async move {
                let order = format!("C-{round}-{racer}");
                let ask = Ask { method: "holder_wallet", ..Ask::dollar(&order) };
                let request = PaymentRequest { payee: Payee::parse(PAYEE), ..ask.request() };
                process.services.create_payment(&caller, request).await
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        let left = i64::try_from(rounds() * (RACERS - 1)).unwrap() * 100;
        assert_eq!(test.number("SELECT balance_minor FROM accounts WHERE purpose = 'wallet'").await, left);
        assert_books_are_whole(test).await;
    }

    async fn one_key_has_one_effect(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            let made = track.race(|process, caller, _| async move {
                process.pay(&caller, Ask::dollar(&format!("A-{round}"))).await
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        assert_books_are_whole(test).await;
    }

    async fn one_order_is_paid_once(test: TestDb) {
        let track = Track::new(test).await;
        for round in 0..rounds() {
            let made = track.race(|process, caller, racer| async move {
                let (order, key) = (format!("A-{round}"), format!("A-{round}-{racer}"));
                process.pay(&caller, Ask { key: &key, ..Ask::dollar(&order) }).await
            }).await;
            assert_eq!(made, 1, "round {round}");
        }
        assert_books_are_whole(test).await;
    }
}
