//! What a command may touch, so that storage can load it before.

use crate::books::{Books, Command, Keyed, MovementAsked, Nonce, OrderKey, TransferTo};
use crate::channel::Channel;
use crate::ids::{AccountId, AppId, GrantId, ObjectId, PaymentId};
use crate::ledger::{AccountKey, AccountsOf};
use crate::payment::NewPayment;
use crate::{Currency, Environment};

impl Command {
    /// The caller's name for the effect, of those commands that have one.
    #[must_use]
    pub fn keyed(&self) -> Option<&Keyed> {
        match self {
            Self::CreatePayment(create) => Some(&create.keyed),
            Self::CapturePayment(capture) => Some(&capture.keyed),
            Self::CancelPayment { keyed, .. } | Self::Repeat(keyed) => Some(keyed),
            Self::MakeMovement(make) => Some(&make.keyed),
            Self::UseNonce(_) | Self::BookAnswer { .. } | Self::ExpirePayment { .. } | Self::BookMovement { .. } => {
                None
            }
        }
    }

    /// The nonce that the command uses up.
    #[must_use]
    pub fn nonce(&self) -> Option<&Nonce> {
        match self {
            Self::UseNonce(nonce) => Some(nonce),
            _ => self.keyed()?.nonce.as_ref(),
        }
    }

    /// The order that it wants to be the only payment of.
    #[must_use]
    pub fn order(&self) -> Option<OrderKey> {
        match self {
            Self::CreatePayment(create) => Some(OrderKey::of(&create.payment)),
            _ => None,
        }
    }

    /// The application and currency whose fee plan it is under.
    #[must_use]
    pub fn charged(&self) -> Option<(AppId, Currency)> {
        match self {
            Self::CreatePayment(create) => Some((create.payment.application_id, create.payment.amount.currency())),
            _ => None,
        }
    }

    /// The grant whose consent it uses up.
    #[must_use]
    pub fn consent(&self) -> Option<GrantId> {
        match self {
            Self::CreatePayment(create) => Some(create.payment.payer.as_ref()?.grant_id),
            _ => None,
        }
    }

    /// The payment that it changes.
    #[must_use]
    pub fn payment(&self) -> Option<PaymentId> {
        match self {
            Self::BookAnswer { payment, .. }
            | Self::CancelPayment { payment, .. }
            | Self::ExpirePayment { payment } => Some(*payment),
            Self::CapturePayment(capture) => Some(capture.payment),
            Self::BookMovement { payment, .. } => *payment,
            Self::MakeMovement(make) => match make.asked {
                MovementAsked::Refund { payment, .. } => Some(payment),
                _ => None,
            },
            Self::UseNonce(_) | Self::Repeat(_) | Self::CreatePayment(_) => None,
        }
    }

    /// The movement that it changes.
    #[must_use]
    pub fn movement(&self) -> Option<ObjectId> {
        match self {
            Self::BookMovement { movement, .. } => Some(*movement),
            _ => None,
        }
    }

    /// The account that it names by its id.
    #[must_use]
    pub fn named_account(&self) -> Option<AccountId> {
        match self {
            Self::MakeMovement(make) => match make.asked {
                MovementAsked::Transfer { to: TransferTo::Account(id) } => Some(id),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Books {
    /// The application whose sandbox the command is about; none for live money. Payments and movements
    /// are loaded by now.
    #[must_use]
    pub fn sandbox_of(&self, command: &Command) -> Option<AppId> {
        let (environment, application_id) = match command {
            Command::UseNonce(_) | Command::Repeat(_) => return None,
            Command::BookAnswer { payment, .. } | Command::ExpirePayment { payment } => {
                let asked = &self.payments.get(payment)?.asked;
                (asked.environment, asked.application_id)
            }
            Command::BookMovement { movement, .. } => {
                let movement = self.movements.get(movement)?;
                (movement.environment, movement.application_id)
            }
            _ => {
                let scope = &command.keyed()?.scope;
                (scope.environment, scope.application_id)
            }
        };
        (environment == Environment::Sandbox).then_some(application_id)
    }

    /// What time it is for the command, when the platform's clock shows `platform_ms`.
    pub(crate) fn now_ms(&self, command: &Command, platform_ms: i64) -> i64 {
        let clock = self.sandbox_of(command).and_then(|id| self.clocks.get(&id));
        clock.map_or(platform_ms, |clock| clock.now_ms(platform_ms))
    }

    /// The accounts that a command may move money between. Payments, movements and named accounts are loaded by now,
    /// fees are not.
    pub fn accounts_of(&self, command: &Command, keys: &mut Vec<AccountKey>) {
        match command {
            Command::UseNonce(_)
            | Command::Repeat(_)
            | Command::CancelPayment { .. }
            | Command::ExpirePayment { .. } => {}
            Command::CreatePayment(create) => taking(&create.payment, keys),
            Command::BookAnswer { payment, .. } => {
                if let Some(payment) = self.payments.get(payment) {
                    taking(&payment.asked, keys);
                }
            }
            Command::CapturePayment(capture) => {
                if let Some(payment) = self.payments.get(&capture.payment) {
                    taking(&payment.asked, keys);
                }
            }
            Command::MakeMovement(make) => {
                let scope = &make.keyed.scope;
                let of = |currency| AccountsOf {
                    application: scope.application_id,
                    environment: scope.environment,
                    currency,
                };
                match (make.asked, make.amount) {
                    (MovementAsked::Refund { payment, to_holder }, _) => {
                        if let Some(payment) = self.payments.get(&payment) {
                            giving_back(&payment.asked, keys);
                            keys.extend(to_holder.map(|holder| payment.asked.accounts().wallet(holder)));
                        }
                    }
                    (MovementAsked::Transfer { to }, Some(amount)) => {
                        let of = of(amount.currency());
                        keys.push(of.available());
                        match to {
                            TransferTo::Account(id) => keys.extend(self.account_keys.get(&id)),
                            TransferTo::Wallet(holder) => keys.push(of.wallet(holder)),
                        }
                    }
                    (MovementAsked::TopUp { channel } | MovementAsked::Withdrawal { channel }, Some(amount)) => {
                        through(of(amount.currency()), Some(channel), keys);
                    }
                    (_, None) => {}
                }
            }
            Command::BookMovement { movement, .. } => {
                if let Some(movement) = self.movements.get(movement) {
                    through(movement.accounts(), movement.kind.channel(), keys);
                    keys.extend(movement.kind.holder().map(|holder| movement.accounts().wallet(holder)));
                    let payment = movement.kind.payment().and_then(|payment| self.payments.get(&payment));
                    keys.extend(payment.and_then(|payment| wallet(&payment.asked)));
                }
            }
        }
    }
}

/// The account of fees is named whether or not there is a fee: what is charged is loaded together with the accounts.
fn taking(payment: &NewPayment, keys: &mut Vec<AccountKey>) {
    let of = payment.accounts();
    let Some(channel) = payment.method.channel() else { return };
    keys.extend([of.clearing(channel), of.available(), of.fees()]);
    keys.extend(wallet(payment));
    keys.extend(payment.payee.map(|payee| of.wallet(payee)));
}

fn giving_back(payment: &NewPayment, keys: &mut Vec<AccountKey>) {
    through(payment.accounts(), payment.method.channel(), keys);
    keys.extend(wallet(payment));
}

/// The wallet that it is paid from.
fn wallet(payment: &NewPayment) -> Option<AccountKey> {
    payment.payer.as_ref().map(|payer| payer.wallet(payment.accounts()))
}

fn through(of: AccountsOf, channel: Option<Channel>, keys: &mut Vec<AccountKey>) {
    keys.extend([of.available(), of.reserved()]);
    keys.extend(channel.map(|channel| of.clearing(channel)));
}
