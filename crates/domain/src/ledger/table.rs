//! Every rule of the ledger as a table for people, made by calling the rules themselves.

use std::fmt::Write as _;

use crate::channel::Channel;
use crate::ids::{AppId, HolderId};
use crate::ledger::{AccountsOf, Line, Owner, Posting, Rule};
use crate::{Currency, Environment, Money};

/// The table, in Markdown: what each rule debits and credits.
///
/// # Panics
/// Never: the currency it calls the rules with exists.
#[must_use]
pub fn table() -> String {
    let mut text = String::from("| rule | debits | credits |\n|---|---|---|\n");
    for rule in Rule::ALL {
        let posting = example(*rule);
        let [debit, credit] = *posting.lines();
        writeln!(text, "| `{}` | {} | {} |", posting.rule().as_str(), account(debit), account(credit))
            .expect("a String takes any text");
    }
    text
}

fn example(rule: Rule) -> Posting {
    let currency: Currency = "USD".parse().expect("the dollar is a currency");
    let of = AccountsOf { application: AppId::from_parts(0, [0; 10]), environment: Environment::Sandbox, currency };
    let (channel, amount) = (Channel::SandboxCard, Money::from_minor(1, currency));
    let wallet = of.wallet(HolderId::from_parts(0, [0; 10]));
    match rule {
        Rule::Captured => Posting::captured(of, channel, amount),
        Rule::FeeCharged => Posting::fee_charged(of, amount),
        Rule::Reserved => Posting::reserved(of, amount),
        Rule::Released => Posting::released(of, amount),
        Rule::Refunded => Posting::refunded(of, channel, amount),
        Rule::ToppedUp => Posting::topped_up(of, channel, amount),
        Rule::PaidOut => Posting::paid_out(of, channel, amount),
        Rule::PaidToPayee => Posting::paid_to_payee(of, wallet, amount),
        Rule::RefundedToBalance => Posting::refunded_to_balance(of, wallet, amount),
        Rule::Transferred => Posting::transferred(of.available(), wallet, amount),
        Rule::PaidByHolder => Posting::paid_by_holder(of, channel, wallet, amount),
        Rule::ReturnedToHolder => Posting::returned_to_holder(of, channel, wallet, amount),
    }
}

fn account(line: Line) -> String {
    let owner = match line.account.owner {
        Owner::Application(_) => "the application",
        Owner::Holder(_) => "a holder",
        Owner::Channel { .. } => "the channel",
        Owner::Platform { .. } => "the platform",
    };
    format!("{owner}: {}", line.account.purpose.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_posting_carries_its_own_rule_and_sums_to_zero() {
        for rule in Rule::ALL {
            let posting = example(*rule);
            assert_eq!(posting.rule(), *rule);
            let [debit, credit] = *posting.lines();
            assert_eq!((debit.amount_minor, credit.amount_minor), (-1, 1));
            assert_ne!(debit.account, credit.account);
        }
    }
}
