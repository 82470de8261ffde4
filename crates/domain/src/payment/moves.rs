//! The moves between a payment's states, each with the money that it moves.

use crate::Money;
use crate::books::IdempotencyKey;
use crate::channel::{ChannelAnswer, FailureCode};
use crate::ids::PaymentId;
use crate::ledger::Posting;
use crate::payment::{CaptureMode, Method, NewPayment, Payment, PaymentState, PaymentStatus, Taken};
use crate::schedule::{ACTION_MS, AUTHORIZATION_MS, CASHIER_MS, next_check_at_ms};

/// Why a payment does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoveRefusal {
    /// Its state does not allow it.
    #[error("payment {payment} is {}", status.as_str())]
    WrongState {
        /// The payment.
        payment: PaymentId,
        /// Where it stands.
        status: PaymentStatus,
    },
    /// What was held and not taken is no longer held.
    #[error("the hold of payment {payment} has ended")]
    HoldEnded {
        /// The payment.
        payment: PaymentId,
    },
    /// More than what is held.
    #[error("at most {capturable} may be captured")]
    AboveCapturable {
        /// What is held and not taken yet.
        capturable: Money,
    },
    /// More than what was taken and not given back.
    #[error("at most {refundable} may be refunded")]
    AboveRefundable {
        /// What may still be given back.
        refundable: Money,
    },
    /// The amount is of another currency.
    #[error("the payment is in {}", amount.currency())]
    OtherCurrency {
        /// The payment's amount.
        amount: Money,
    },
}

/// A moved payment and what it did to the ledger.
pub(crate) type Moved = (Payment, Vec<Posting>);

impl Payment {
    /// A payment that is about to be put to its channel, or waits for the payer's choice.
    #[must_use]
    pub fn create(asked: NewPayment, idempotency_key: IdempotencyKey, now_ms: i64) -> Self {
        let state = match asked.method {
            Method::Cashier => {
                let expires_at_ms = asked.expires_at_ms.unwrap_or(now_ms.saturating_add(CASHIER_MS));
                PaymentState::Created { expires_at_ms }
            }
            Method::Card(_) | Method::Wallet(_) | Method::HolderWallet => PaymentState::Processing,
        };
        Self { asked, idempotency_key, state, event_count: 1, created_at_ms: now_ms, updated_at_ms: now_ms }
    }

    /// Books what the channel answered.
    pub(crate) fn answered(self, answer: ChannelAnswer, now_ms: i64) -> Result<Moved, MoveRefusal> {
        let (checks, asked_from_ms) = match self.state {
            PaymentState::Processing | PaymentState::RequiresAction { .. } => (0, now_ms),
            PaymentState::Unknown { checks, next_check_at_ms } => (checks + 1, next_check_at_ms),
            _ => return Err(self.wrong_state()),
        };
        let state = match answer {
            ChannelAnswer::Approved if self.asked.capture == CaptureMode::Automatic => {
                let amount_minor = self.asked.amount.minor();
                return Ok(self.taking(amount_minor, 0, None, now_ms));
            }
            ChannelAnswer::Approved => {
                PaymentState::Authorized { expires_at_ms: now_ms.saturating_add(AUTHORIZATION_MS) }
            }
            ChannelAnswer::Failed(failure) => PaymentState::Failed { failure },
            ChannelAnswer::ActionRequired(action) => {
                let expires_at_ms = self.asked.expires_at_ms.unwrap_or(now_ms.saturating_add(ACTION_MS));
                PaymentState::RequiresAction { action, expires_at_ms }
            }
            ChannelAnswer::Unknown => {
                if now_ms < asked_from_ms {
                    // It was counted: this question was asked, or answered, twice.
                    return Err(self.wrong_state());
                }
                match next_check_at_ms(checks, now_ms) {
                    Some(next_check_at_ms) => PaymentState::Unknown { checks, next_check_at_ms },
                    None => PaymentState::Failed { failure: FailureCode::ChannelSilent },
                }
            }
        };
        Ok((self.moved(state, now_ms), Vec::new()))
    }

    /// Takes `amount` of what is held; everything, when none is named. `is_final` gives up the rest.
    pub(crate) fn capture(self, amount: Option<Money>, is_final: bool, now_ms: i64) -> Result<Moved, MoveRefusal> {
        let until_ms = match self.state {
            PaymentState::Authorized { expires_at_ms } => expires_at_ms,
            PaymentState::Taken(Taken { capture_until_ms: Some(until_ms), .. }) => until_ms,
            _ => return Err(self.wrong_state()),
        };
        if now_ms >= until_ms {
            return Err(MoveRefusal::HoldEnded { payment: self.asked.id });
        }
        let capturable = self.capturable();
        let amount = amount.unwrap_or(capturable);
        self.same_currency(amount)?;
        let rest_minor = capturable.minor() - amount.minor();
        if rest_minor < 0 {
            return Err(MoveRefusal::AboveCapturable { capturable });
        }
        let (rest_minor, until_ms) = if is_final || rest_minor == 0 { (0, None) } else { (rest_minor, Some(until_ms)) };
        Ok(self.taking(amount.minor(), rest_minor, until_ms, now_ms))
    }

    /// Calls it off before money was taken.
    pub(crate) fn cancel(self, now_ms: i64) -> Result<Self, MoveRefusal> {
        match self.state {
            PaymentState::Created { .. } | PaymentState::RequiresAction { .. } | PaymentState::Authorized { .. } => {
                Ok(self.moved(PaymentState::Canceled, now_ms))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Ends it, or what is left of its hold, because the time is over.
    pub(crate) fn expire(self, now_ms: i64) -> Result<Self, MoveRefusal> {
        match self.state {
            PaymentState::Created { expires_at_ms }
            | PaymentState::RequiresAction { expires_at_ms, .. }
            | PaymentState::Authorized { expires_at_ms }
                if now_ms >= expires_at_ms =>
            {
                Ok(self.moved(PaymentState::Expired, now_ms))
            }
            PaymentState::Taken(taken) if taken.capture_until_ms.is_some_and(|until_ms| now_ms >= until_ms) => {
                let taken = Taken { capturable_minor: 0, capture_until_ms: None, ..taken };
                Ok(self.moved(PaymentState::Taken(taken), now_ms))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// Sets `amount` aside for a refund.
    pub(crate) fn begin_refund(mut self, amount: Money) -> Result<Self, MoveRefusal> {
        let PaymentState::Taken(taken) = self.state else { return Err(self.wrong_state()) };
        self.same_currency(amount)?;
        let refundable = Money::from_minor(taken.refundable_minor(), amount.currency());
        if amount.minor() > refundable.minor() {
            return Err(MoveRefusal::AboveRefundable { refundable });
        }
        let refunding_minor = taken.refunding_minor + amount.minor();
        self.state = PaymentState::Taken(Taken { refunding_minor, ..taken });
        Ok(self)
    }

    /// Books that a refund of `amount`, which was begun, was paid.
    pub(crate) fn end_refund(self, amount: Money, now_ms: i64) -> Result<Self, MoveRefusal> {
        let mut taken = self.taken_with_refund(amount)?;
        taken.refunding_minor -= amount.minor();
        taken.refunded_minor += amount.minor();
        Ok(self.moved(PaymentState::Taken(taken), now_ms))
    }

    /// What a paid refund of `amount` moves on to the account holder who had paid.
    pub(crate) fn returning(&self, amount: Money) -> Option<Posting> {
        let (payer, accounts) = (self.asked.payer.as_ref()?, self.asked.accounts());
        let channel = self.asked.method.channel()?;
        Some(Posting::returned_to_holder(accounts, channel, payer.wallet(accounts), amount))
    }

    /// Books that a refund of `amount`, which was begun, came to nothing.
    pub(crate) fn give_up_refund(mut self, amount: Money) -> Result<Self, MoveRefusal> {
        let mut taken = self.taken_with_refund(amount)?;
        taken.refunding_minor -= amount.minor();
        self.state = PaymentState::Taken(taken);
        Ok(self)
    }

    fn taken_with_refund(&self, amount: Money) -> Result<Taken, MoveRefusal> {
        match self.state {
            PaymentState::Taken(taken) if taken.refunding_minor >= amount.minor() => Ok(taken),
            _ => Err(self.wrong_state()),
        }
    }

    /// Takes so much more, and charges the fee for it.
    fn taking(self, amount_minor: i64, rest_minor: i64, until_ms: Option<i64>, now_ms: i64) -> Moved {
        let accounts = self.asked.accounts();
        let amount = Money::from_minor(amount_minor, accounts.currency);
        let fee_before = self.fee();
        let before = match self.state {
            PaymentState::Taken(taken) => taken,
            _ => Taken {
                captured_minor: 0,
                refunded_minor: 0,
                refunding_minor: 0,
                capturable_minor: 0,
                capture_until_ms: None,
            },
        };
        let captured_minor = before.captured_minor + amount_minor;
        let taken = Taken { captured_minor, capturable_minor: rest_minor, capture_until_ms: until_ms, ..before };
        let payment = self.moved(PaymentState::Taken(taken), now_ms);
        let channel = payment.asked.method.channel().expect("only a channel approves");
        let wallet = payment.asked.payer.as_ref().map(|payer| payer.wallet(accounts));
        let mut postings: Vec<Posting> =
            wallet.map(|wallet| Posting::paid_by_holder(accounts, channel, wallet, amount)).into_iter().collect();
        postings.push(Posting::captured(accounts, channel, amount));
        let fee_minor = payment.fee().minor() - fee_before.minor();
        if fee_minor > 0 {
            postings.push(Posting::fee_charged(accounts, Money::from_minor(fee_minor, accounts.currency)));
        }
        let rest = Money::from_minor(amount_minor - fee_minor, accounts.currency);
        if let Some(payee) = payment.asked.payee.filter(|_| rest.minor() > 0) {
            postings.push(Posting::paid_to_payee(accounts, accounts.wallet(payee), rest));
        }
        (payment, postings)
    }

    fn moved(self, state: PaymentState, now_ms: i64) -> Self {
        Self { state, event_count: self.event_count + 1, updated_at_ms: now_ms, ..self }
    }

    fn same_currency(&self, amount: Money) -> Result<(), MoveRefusal> {
        if amount.currency() == self.asked.amount.currency() {
            return Ok(());
        }
        Err(MoveRefusal::OtherCurrency { amount: self.asked.amount })
    }

    fn wrong_state(&self) -> MoveRefusal {
        MoveRefusal::WrongState { payment: self.asked.id, status: self.state.status() }
    }
}
