//! Postings: one function per business fact says which accounts it debits and credits.

use crate::Environment;
use crate::Money;
use crate::ids::AppId;
use crate::ledger::{AccountKey, AccountPurpose, Channel, Owner};
use crate::text_enum::text_enum;

text_enum! {
    /// The business fact behind a posting.
    Rule {
        /// A channel took money for an application's payment.
        Captured => "captured",
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

/// Lines that sum to zero, because only the rules below make them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    rule: Rule,
    lines: Vec<Line>,
}

impl Posting {
    /// The fact that made it.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// A channel captured `amount` for a payment: the channel owes it to the platform, the platform
    /// owes it to the application.
    #[must_use]
    pub fn captured(application: AppId, environment: Environment, channel: Channel, amount: Money) -> Self {
        let account = |owner, purpose| AccountKey { owner, environment, purpose, currency: amount.currency() };
        Self::moving(
            Rule::Captured,
            amount,
            account(Owner::Channel { channel, application }, AccountPurpose::Clearing),
            account(Owner::Application(application), AccountPurpose::Available),
        )
    }

    fn moving(rule: Rule, amount: Money, from: AccountKey, to: AccountKey) -> Self {
        let lines = vec![
            Line { account: from, amount_minor: -amount.minor() },
            Line { account: to, amount_minor: amount.minor() },
        ];
        Self { rule, lines }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_posting_sums_to_zero(minor in 1i64..) {
            let application = AppId::from_parts(1, [1; 10]);
            let amount = Money::from_minor(minor, "USD".parse().unwrap());
            let posting = Posting::captured(application, Environment::Sandbox, Channel::SandboxCard, amount);
            let sum: i128 = posting.lines().iter().map(|line| i128::from(line.amount_minor)).sum();
            prop_assert_eq!(sum, 0);
        }
    }
}
