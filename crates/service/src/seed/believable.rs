//! Payments as a shop has them: prices, currencies and methods in believable shares, some refused, some
//! called off, some given back in whole or in part.

use std::sync::Arc;

use tallyport_domain::books::{
    CapturePayment, Command, CreatePayment, IdempotencyScope, Keyed, MakeMovement, MovementAsked, Operation,
};
use tallyport_domain::channel::ChannelAnswer;
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::{AppId, ObjectId, PaymentId, RefundId};
use tallyport_domain::payment::{CaptureMode, Metadata, NewPayment, Scene};
use tallyport_domain::{Currency, Environment, Money};

use crate::channels::Roster;
use crate::error::ServiceError;
use crate::payments;
use crate::ports::{Clock as _, FixedClock, Randomness, random_bytes};

/// Currencies with their share in a hundred and the minor units of a small price.
const CURRENCIES: [(&str, u64, i64); 5] =
    [("USD", 45, 100), ("EUR", 20, 100), ("CNY", 20, 700), ("GBP", 10, 80), ("JPY", 5, 150)];
/// Methods with their share in a hundred.
const METHODS: [(&str, u64); 7] = [
    ("card_ok", 62),
    ("alipay", 14),
    ("wechat_pay", 10),
    ("bank_transfer", 6),
    ("card_declined", 4),
    ("card_insufficient_funds", 3),
    ("card_expired", 1),
];
const GOODS: [&str; 8] = [
    "Green tea, 250 g",
    "绿茶 250 克",
    "Fountain pen",
    "钢笔",
    "Concert ticket, row 12",
    "音乐会门票",
    "Monthly plan",
    "包月套餐",
];

/// What becomes of a payment in the end.
#[derive(Clone, Copy)]
enum End {
    Stays,
    Captured,
    Canceled,
    Refunded,
    PartlyRefunded,
}

/// Makes payments one after the other, each a little later than the one before it.
pub(super) struct Believable {
    application_id: AppId,
    randomness: Arc<dyn Randomness>,
    clock: Arc<FixedClock>,
    roster: Roster,
    /// How far apart two payments are, in thousandths of a millisecond.
    apart_us: i64,
    /// What of that has not been a whole millisecond yet.
    rest_us: i64,
    /// Tells this run's orders from others'.
    tag: String,
    made: u64,
}

impl Believable {
    pub(super) fn new(
        application_id: AppId,
        randomness: Arc<dyn Randomness>,
        clock: Arc<FixedClock>,
        roster: Roster,
        until_ms: i64,
        count: u64,
    ) -> Self {
        let apart_us =
            (until_ms - clock.now_ms()).saturating_mul(1_000) / i64::try_from(count.max(1)).unwrap_or(i64::MAX);
        let tag = random_bytes::<4>(&*randomness).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { application_id, randomness, clock, roster, apart_us, rest_us: 0, tag, made: 0 }
    }

    /// The next payments, and what is to be done with them once they are there.
    pub(super) fn payments(&mut self, count: u64) -> Result<(Vec<Command>, Vec<Command>), ServiceError> {
        let mut commands = Vec::new();
        let mut follow_ups = Vec::new();
        for _ in 0..count {
            let (mut payment, end) = self.payment();
            let decided = payments::put(&self.roster, &mut payment)
                .map_err(|_| ServiceError::broken("the seed reaches no channel"))?;
            follow_ups.extend(self.follow_up(&payment, end));
            let keyed = self.keyed(Operation::CreatePayment, &payment);
            commands.push(Command::CreatePayment(Box::new(CreatePayment { keyed, payment, decided })));
        }
        Ok((commands, follow_ups))
    }

    fn payment(&mut self) -> (NewPayment, End) {
        self.rest_us += self.apart_us;
        self.clock.advance(self.rest_us / 1_000);
        self.rest_us %= 1_000;
        self.made += 1;
        let dice = u64::from_be_bytes(random_bytes(&*self.randomness));
        let (currency, _, unit) = pick(&CURRENCIES, dice % 100, |(_, share, _)| *share);
        let (method, _) = pick(&METHODS, (dice >> 8) % 100, |(_, share)| *share);
        // Most prices are small, a few are large.
        let large = if (dice >> 16).is_multiple_of(20) { 40 } else { 1 };
        let minor = (1 + i64::try_from((dice >> 20) % 90).unwrap_or(0)) * unit * large - 1;
        let is_paid = !method.starts_with("card_") || *method == "card_ok";
        let end = match (dice >> 32) % 100 {
            _ if !is_paid => End::Stays,
            0..4 => End::Refunded,
            4..7 => End::PartlyRefunded,
            7..12 => End::Captured,
            12..14 => End::Canceled,
            _ => End::Stays,
        };
        let is_manual = matches!(end, End::Captured | End::Canceled);
        let payment = NewPayment {
            id: PaymentId::from_parts(self.clock.now_ms(), random_bytes(&*self.randomness)),
            application_id: self.application_id,
            environment: Environment::Sandbox,
            order_id: known(&format!("S-{}-{}", self.tag, self.made)),
            amount: Money::from_minor(minor.max(1), known::<Currency>(currency)),
            method: known(method),
            instance: None,
            payer: None,
            payee: None,
            scene: Some(Scene::ALL[usize::try_from((dice >> 40) % 4).unwrap_or(0)]),
            capture: if is_manual { CaptureMode::Manual } else { CaptureMode::Automatic },
            description: Some(known(GOODS[usize::try_from((dice >> 48) % 8).unwrap_or(0)])),
            return_url: None,
            expires_at_ms: None,
            metadata: Metadata::default(),
            fee: Fee::default(),
            sandbox_outcome: None,
        };
        (payment, end)
    }

    fn follow_up(&self, payment: &NewPayment, end: End) -> Option<Command> {
        let (id, part) = (payment.id, Money::from_minor((payment.amount.minor() + 2) / 3, payment.amount.currency()));
        Some(match end {
            End::Stays => return None,
            End::Captured => Command::CapturePayment(Box::new(CapturePayment {
                keyed: self.keyed(Operation::CapturePayment(id), payment),
                payment: id,
                amount: None,
                is_final: true,
            })),
            End::Canceled => Command::CancelPayment {
                keyed: Box::new(self.keyed(Operation::CancelPayment(id), payment)),
                payment: id,
            },
            End::Refunded => self.refund(payment, None),
            End::PartlyRefunded => self.refund(payment, Some(part)),
        })
    }

    fn refund(&self, payment: &NewPayment, amount: Option<Money>) -> Command {
        Command::MakeMovement(Box::new(MakeMovement {
            keyed: self.keyed(Operation::CreateRefund, payment),
            id: ObjectId::Refund(RefundId::from_parts(self.clock.now_ms(), random_bytes(&*self.randomness))),
            asked: MovementAsked::Refund { payment: payment.id, to_holder: None },
            instance: payment.instance.clone(),
            amount,
            description: None,
            metadata: Metadata::default(),
            sandbox_outcome: None,
            decided: Some(ChannelAnswer::Approved),
        }))
    }

    /// The call that it would have been.
    fn keyed(&self, operation: Operation, payment: &NewPayment) -> Keyed {
        let key = known(payment.order_id.as_str());
        let scope =
            IdempotencyScope { application_id: self.application_id, environment: Environment::Sandbox, operation, key };
        let request = format!(
            r#"{{"order_id":"{}","amount":"{}","currency":"{}","method":"{}"}}"#,
            payment.order_id.as_str(),
            payment.amount.amount(),
            payment.amount.currency().code(),
            payment.method
        );
        Keyed { scope, request, nonce: None }
    }
}

/// The one whose share the dice fell on.
fn pick<T>(shares: &[T], dice: u64, share: impl Fn(&T) -> u64) -> &T {
    let mut left = dice;
    for candidate in shares {
        match left.checked_sub(share(candidate)) {
            Some(rest) => left = rest,
            None => return candidate,
        }
    }
    &shares[0]
}

/// A text of this file as what it stands for.
fn known<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| unreachable!("every text of the seed is well-formed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole() {
        assert_eq!(CURRENCIES.iter().map(|(_, share, _)| share).sum::<u64>(), 100);
        assert_eq!(METHODS.iter().map(|(_, share)| share).sum::<u64>(), 100);
        let picked: Vec<&str> = [0, 44, 45, 99].map(|dice| pick(&CURRENCIES, dice, |(_, share, _)| *share).0).to_vec();
        assert_eq!(picked, ["USD", "USD", "EUR", "JPY"]);
    }
}
