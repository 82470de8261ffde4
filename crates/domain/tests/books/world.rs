//! A world to apply commands in: books in memory, ids that count upwards, time that stands still.

use tallyport_domain::books::{
    Books, CapturePayment, Command, CreatePayment, EventObject, IdempotencyScope, Keyed, MakeMovement, MovementAsked,
    Nonce, NonceId, Operation, Outcome, Refusal, apply,
};
use tallyport_domain::channel::ChannelAnswer;
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId, RANDOM_BYTES, RefundId, TopUpId, TransferId, WithdrawalId};
use tallyport_domain::ledger::{AccountPurpose, AccountsOf};
use tallyport_domain::payment::{CaptureMode, Metadata, NewPayment, Payment};
use tallyport_domain::{Currency, Environment, Money};

pub(crate) const NOW_MS: i64 = 1_700_000_000_000;

pub(crate) struct World {
    pub(crate) books: Books,
    pub(crate) now_ms: i64,
    /// How much was drawn so far.
    pub(crate) drawn: u64,
}

/// What a test asks for; the rest is as simple as it can be.
#[derive(Clone)]
pub(crate) struct Ask<'a> {
    pub(crate) order: &'a str,
    pub(crate) key: &'a str,
    pub(crate) minor: i64,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) capture: CaptureMode,
    pub(crate) fee: Fee,
    pub(crate) decided: Option<ChannelAnswer>,
}

impl<'a> Ask<'a> {
    /// A hundred dollars whose channel has to be asked; the order's number is its key.
    pub(crate) fn hundred(order: &'a str) -> Self {
        Self {
            order,
            key: order,
            minor: 10_000,
            nonce: None,
            capture: CaptureMode::Automatic,
            fee: Fee::default(),
            decided: None,
        }
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self { books: Books::default(), now_ms: NOW_MS, drawn: 0 }
    }

    fn draw(&mut self) -> [u8; RANDOM_BYTES] {
        draw_after(&mut self.drawn)
    }

    pub(crate) fn apply(&mut self, command: &Command) -> Result<Outcome, Refusal> {
        let (drawn, now_ms) = (&mut self.drawn, self.now_ms);
        apply(&mut self.books, command, &mut || draw_after(drawn), now_ms)
    }

    pub(crate) fn create(&mut self, ask: &Ask<'_>) -> Result<Outcome, Refusal> {
        let command = self.creating(ask);
        self.apply(&command)
    }

    pub(crate) fn creating(&mut self, ask: &Ask<'_>) -> Command {
        let amount = dollars(ask.minor);
        self.books.fees.insert((application(), dollar()), ask.fee);
        let request = format!(r#"{{"order_id":"{}","amount":"{}"}}"#, ask.order, amount.amount());
        let mut keyed = keyed(Operation::CreatePayment, ask.key, request);
        keyed.nonce = ask
            .nonce
            .map(|value| Nonce { id: NonceId { key_id: "ak".into(), value: value.into() }, expires_at_ms: NOW_MS });
        let payment = NewPayment {
            id: PaymentId::from_parts(self.now_ms, self.draw()),
            application_id: application(),
            environment: Environment::Sandbox,
            order_id: ask.order.parse().unwrap(),
            amount,
            method: "card_ok".parse().unwrap(),
            instance: None,
            payer: None,
            payee: None,
            scene: None,
            capture: ask.capture,
            description: None,
            return_url: None,
            expires_at_ms: None,
            metadata: Metadata::default(),
            fee: Fee::default(),
            sandbox_outcome: None,
        };
        Command::CreatePayment(Box::new(CreatePayment { keyed, payment, decided: ask.decided }))
    }

    pub(crate) fn answer(&mut self, payment: PaymentId, answer: ChannelAnswer) -> Result<Outcome, Refusal> {
        self.apply(&Command::BookAnswer { payment, answer })
    }

    pub(crate) fn capture(
        &mut self,
        payment: PaymentId,
        key: &str,
        minor: Option<i64>,
        is_final: bool,
    ) -> Result<Outcome, Refusal> {
        self.apply(&capturing(payment, key, minor, is_final))
    }

    pub(crate) fn cancel(&mut self, payment: PaymentId, key: &str) -> Result<Outcome, Refusal> {
        self.apply(&canceling(payment, key))
    }

    pub(crate) fn movement(
        &mut self,
        asked: MovementAsked,
        key: &str,
        minor: Option<i64>,
        decided: Option<ChannelAnswer>,
    ) -> Result<Outcome, Refusal> {
        let command = self.moving(asked, key, minor, decided);
        self.apply(&command)
    }

    pub(crate) fn moving(
        &mut self,
        asked: MovementAsked,
        key: &str,
        minor: Option<i64>,
        decided: Option<ChannelAnswer>,
    ) -> Command {
        let (now_ms, random) = (self.now_ms, self.draw());
        let (operation, id) = match asked {
            MovementAsked::Refund { .. } => {
                (Operation::CreateRefund, ObjectId::Refund(RefundId::from_parts(now_ms, random)))
            }
            MovementAsked::Transfer { .. } => {
                (Operation::CreateTransfer, ObjectId::Transfer(TransferId::from_parts(now_ms, random)))
            }
            MovementAsked::TopUp { .. } => {
                (Operation::CreateTopUp, ObjectId::TopUp(TopUpId::from_parts(now_ms, random)))
            }
            MovementAsked::Withdrawal { .. } => {
                (Operation::CreateWithdrawal, ObjectId::Withdrawal(WithdrawalId::from_parts(now_ms, random)))
            }
        };
        let make = MakeMovement {
            keyed: keyed(operation, key, format!("{asked:?} {minor:?}")),
            id,
            asked,
            instance: None,
            amount: minor.map(dollars),
            description: None,
            metadata: Metadata::default(),
            sandbox_outcome: None,
            decided,
        };
        Command::MakeMovement(Box::new(make))
    }

    pub(crate) fn book(&mut self, movement: ObjectId, answer: ChannelAnswer) -> Result<Outcome, Refusal> {
        let payment = self.books.movements.get(&movement).and_then(|movement| movement.kind.payment());
        self.apply(&Command::BookMovement { movement, payment, answer })
    }

    /// What the application has for this purpose, in cents.
    pub(crate) fn balance(&self, purpose: AccountPurpose) -> i64 {
        let of = AccountsOf { application: application(), environment: Environment::Sandbox, currency: dollar() };
        let key = match purpose {
            AccountPurpose::Reserved => of.reserved(),
            AccountPurpose::Fees => of.fees(),
            _ => of.available(),
        };
        self.books.accounts.get(&key).map_or(0, |account| account.balance_minor)
    }

    pub(crate) fn payment(&self, id: PaymentId) -> &Payment {
        &self.books.payments[&id]
    }

    /// The object that the outcome's event shows.
    pub(crate) fn object(&self, outcome: Result<Outcome, Refusal>) -> ObjectId {
        match outcome {
            Ok(Outcome::Done { event }) => self.books.changes.events[event].object.id(),
            Ok(Outcome::Waiting(payment)) => ObjectId::Payment(payment.asked.id),
            other => panic!("not done: {other:?}"),
        }
    }

    pub(crate) fn payment_of(&self, outcome: Result<Outcome, Refusal>) -> PaymentId {
        match self.object(outcome) {
            ObjectId::Payment(id) => id,
            other => panic!("no payment: {other}"),
        }
    }

    /// The types of all events, in their order.
    pub(crate) fn told(&self) -> Vec<&'static str> {
        self.books.changes.events.iter().map(|event| event.kind.as_str()).collect()
    }

    pub(crate) fn told_of(&self, id: ObjectId) -> Vec<i64> {
        let events = self.books.changes.events.iter();
        events.filter(|event: &&_| EventObject::id(&event.object) == id).map(|event| event.sequence).collect()
    }
}

/// Counts upwards instead of drawing, so that every id is new and every run is the same.
pub(crate) fn draw_after(drawn: &mut u64) -> [u8; RANDOM_BYTES] {
    *drawn += 1;
    let mut bytes = [0; RANDOM_BYTES];
    bytes[2..].copy_from_slice(&drawn.to_be_bytes());
    bytes
}

pub(crate) fn capturing(payment: PaymentId, key: &str, minor: Option<i64>, is_final: bool) -> Command {
    let keyed = keyed(Operation::CapturePayment(payment), key, format!("{minor:?} {is_final}"));
    let amount = minor.map(dollars);
    Command::CapturePayment(Box::new(CapturePayment { keyed, payment, amount, is_final }))
}

pub(crate) fn canceling(payment: PaymentId, key: &str) -> Command {
    Command::CancelPayment { keyed: Box::new(keyed(Operation::CancelPayment(payment), key, "{}".to_owned())), payment }
}

pub(crate) fn application() -> AppId {
    AppId::from_parts(NOW_MS, [1; RANDOM_BYTES])
}

pub(crate) fn dollar() -> Currency {
    "USD".parse().unwrap()
}

pub(crate) fn dollars(minor: i64) -> Money {
    Money::from_minor(minor, dollar())
}

fn keyed(operation: Operation, key: &str, request: String) -> Keyed {
    let scope = IdempotencyScope {
        application_id: application(),
        environment: Environment::Sandbox,
        operation,
        key: key.parse().unwrap(),
    };
    Keyed { scope, request, nonce: None }
}
