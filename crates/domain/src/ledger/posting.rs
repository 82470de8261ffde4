//! Postings: one function per business fact says which accounts it debits and credits. Nothing else
//! makes a posting.

use crate::Money;
use crate::channel::Channel;
use crate::ledger::{AccountKey, AccountsOf};
use crate::text_enum::text_enum;

text_enum! {
    /// The business fact behind a posting.
    Rule {
        /// A channel took money for an application's payment.
        Captured => "captured",
        /// The platform charged its fee for a capture.
        FeeCharged => "fee_charged",
        /// An application put money aside for a refund or a withdrawal.
        Reserved => "reserved",
        /// What was put aside came back, because the channel did not do it.
        Released => "released",
        /// A channel gave the payer money back.
        Refunded => "refunded",
        /// A channel took money for an application's balance.
        ToppedUp => "topped_up",
        /// A channel paid an application's money out.
        PaidOut => "paid_out",
        /// What was captured, less the fee, went on to the payee.
        PaidToPayee => "paid_to_payee",
        /// A refund went into the payer's wallet, because the channel could give nothing back.
        RefundedToBalance => "refunded_to_balance",
        /// Money went from one account to another.
        Transferred => "transferred",
        /// An account holder paid from their wallet.
        PaidByHolder => "paid_by_holder",
        /// What an account holder had paid went back into their wallet.
        ReturnedToHolder => "returned_to_holder",
    }
}

/// A line of a posting: what changes on which account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The account.
    pub account: AccountKey,
    /// Credit above zero, debit below.
    pub amount_minor: i64,
}

/// Two lines that sum to zero, because only the rules below make them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    rule: Rule,
    lines: [Line; 2],
}

impl Posting {
    /// The fact that made it.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Its lines, the debit first.
    #[must_use]
    pub const fn lines(&self) -> &[Line; 2] {
        &self.lines
    }

    /// A channel captured `amount` for a payment: the channel owes it to the platform, the platform
    /// owes it to the application.
    #[must_use]
    pub fn captured(of: AccountsOf, channel: Channel, amount: Money) -> Self {
        Self::moving(Rule::Captured, amount, of.clearing(channel), of.available())
    }

    /// The platform keeps `fee` of what was captured.
    #[must_use]
    pub fn fee_charged(of: AccountsOf, fee: Money) -> Self {
        Self::moving(Rule::FeeCharged, fee, of.available(), of.fees())
    }

    /// `amount` is put aside until a channel has given it back or paid it out.
    #[must_use]
    pub fn reserved(of: AccountsOf, amount: Money) -> Self {
        Self::moving(Rule::Reserved, amount, of.available(), of.reserved())
    }

    /// `amount` that was put aside may be spent again.
    #[must_use]
    pub fn released(of: AccountsOf, amount: Money) -> Self {
        Self::moving(Rule::Released, amount, of.reserved(), of.available())
    }

    /// A channel gave `amount`, which was put aside, back to the payer.
    #[must_use]
    pub fn refunded(of: AccountsOf, channel: Channel, amount: Money) -> Self {
        Self::moving(Rule::Refunded, amount, of.reserved(), of.clearing(channel))
    }

    /// `amount` of what was captured goes on to the account holder whom the payer pays.
    #[must_use]
    pub fn paid_to_payee(of: AccountsOf, wallet: AccountKey, amount: Money) -> Self {
        Self::moving(Rule::PaidToPayee, amount, of.available(), wallet)
    }

    /// `amount`, which was put aside and which the channel could not give back, goes into the payer's wallet.
    #[must_use]
    pub fn refunded_to_balance(of: AccountsOf, wallet: AccountKey, amount: Money) -> Self {
        Self::moving(Rule::RefundedToBalance, amount, of.reserved(), wallet)
    }

    /// A channel took `amount` for the application's own balance.
    #[must_use]
    pub fn topped_up(of: AccountsOf, channel: Channel, amount: Money) -> Self {
        Self::moving(Rule::ToppedUp, amount, of.clearing(channel), of.available())
    }

    /// A channel paid `amount`, which was put aside, out to the application's bank.
    #[must_use]
    pub fn paid_out(of: AccountsOf, channel: Channel, amount: Money) -> Self {
        Self::moving(Rule::PaidOut, amount, of.reserved(), of.clearing(channel))
    }

    /// `amount` goes from one account to another of the same currency and environment; the caller
    /// has checked that.
    #[must_use]
    pub fn transferred(from: AccountKey, to: AccountKey, amount: Money) -> Self {
        Self::moving(Rule::Transferred, amount, from, to)
    }

    /// A holder pays `amount` from their wallet into the channel, which captures it for the application.
    #[must_use]
    pub fn paid_by_holder(of: AccountsOf, channel: Channel, wallet: AccountKey, amount: Money) -> Self {
        Self::moving(Rule::PaidByHolder, amount, wallet, of.clearing(channel))
    }

    /// `amount` that the channel was given back goes into the wallet that it came from.
    #[must_use]
    pub fn returned_to_holder(of: AccountsOf, channel: Channel, wallet: AccountKey, amount: Money) -> Self {
        Self::moving(Rule::ReturnedToHolder, amount, of.clearing(channel), wallet)
    }

    fn moving(rule: Rule, amount: Money, from: AccountKey, to: AccountKey) -> Self {
        let debit = Line { account: from, amount_minor: -amount.minor() };
        let credit = Line { account: to, amount_minor: amount.minor() };
        Self { rule, lines: [debit, credit] }
    }
}
