//! What the pages of an application's money say: the texts by name, and those that depend on a value.
//! The texts themselves stand in `money_texts`.

use super::number::counted;
use tallyport_domain::{
    books::EventKind,
    channel::SandboxOutcome,
    money::{AMOUNT_MINOR_MAX, AmountRefusal},
    movement::{MovementName, MovementStatus},
};

/// Texts about money.
pub(crate) struct MoneyTexts {
    pub(crate) money: &'static str,
    pub(crate) worlds: &'static str,
    pub(crate) from_day: &'static str,
    pub(crate) until_day: &'static str,
    pub(crate) any_state: &'static str,
    pub(crate) download: &'static str,
    pub(crate) none_fits_title: &'static str,
    pub(crate) none_fits_text: &'static str,
    pub(crate) none_live_text: &'static str,

    pub(crate) rule: &'static str,
    pub(crate) events: &'static str,
    pub(crate) calls: &'static str,
    pub(crate) answered_with: &'static str,
    pub(crate) under_way: &'static str,
    pub(crate) refunded: &'static str,
    pub(crate) refunding: &'static str,
    pub(crate) refundable: &'static str,
    pub(crate) capturable: &'static str,
    pub(crate) fee: &'static str,
    pub(crate) instance: &'static str,
    pub(crate) payee: &'static str,
    pub(crate) otherwise_to: &'static str,
    pub(crate) scene: &'static str,
    pub(crate) next_check: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) return_url: &'static str,
    pub(crate) payers_page: &'static str,
    pub(crate) payment: &'static str,
    pub(crate) to_payment: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) way: &'static str,
    pub(crate) from_account: &'static str,
    pub(crate) to_account: &'static str,
    pub(crate) to_account_hint: &'static str,

    pub(crate) refunds: &'static str,
    pub(crate) refund: &'static str,
    pub(crate) refund_question: &'static str,
    pub(crate) refund_made: &'static str,
    pub(crate) nothing_to_refund: &'static str,
    pub(crate) really: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) sandbox_outcome: &'static str,
    pub(crate) make_transfer: &'static str,
    pub(crate) make_transfer_question: &'static str,
    pub(crate) make_top_up: &'static str,
    pub(crate) make_top_up_question: &'static str,
    pub(crate) make_withdrawal: &'static str,
    pub(crate) make_withdrawal_question: &'static str,

    pub(crate) balances: &'static str,
    pub(crate) balances_lead: &'static str,
    pub(crate) no_balances: &'static str,
    pub(crate) no_balances_text: &'static str,
    pub(crate) ledger: &'static str,
    pub(crate) ledger_lead: &'static str,
    pub(crate) no_lines: &'static str,
    pub(crate) no_lines_text: &'static str,
    pub(crate) number: &'static str,
    pub(crate) about: &'static str,

    pub(crate) currency_fault: &'static str,
    pub(crate) description_fault: &'static str,
    pub(crate) outcome_fault: &'static str,
    pub(crate) channel_fault: &'static str,
    pub(crate) account_fault: &'static str,
    pub(crate) same_account: &'static str,
    pub(crate) account_full: &'static str,
    pub(crate) state_fault: &'static str,
    pub(crate) no_channel: &'static str,
    pub(crate) card_number_fault: &'static str,
    pub(crate) form_under_way: &'static str,
    pub(crate) channel_down: &'static str,
    pub(crate) form_spent: &'static str,

    /// What stands before how often.
    pub(super) checked: &'static str,
    pub(super) times: [&'static str; 2],
    pub(super) at_most: [&'static str; 2],
    pub(super) balance: [&'static str; 2],
    /// What stands around the currency, and behind the entries.
    pub(super) plot: [&'static str; 3],
    pub(super) entries: [&'static str; 2],
    pub(super) amount_malformed: &'static str,
    pub(super) amount_decimals: [&'static str; 3],
    pub(super) amount_too_large: [&'static str; 2],
    pub(super) amount_zero: &'static str,
    pub(super) kinds: [Kind; 4],
    pub(super) statuses: [&'static str; 4],
    pub(super) outcomes: [&'static str; 9],
    /// In the order of their kinds.
    pub(super) event_names: [&'static str; EventKind::ALL.len()],
}

/// What is said of one kind of movement.
pub(super) struct Kind {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
    pub(super) lead: &'static str,
    pub(super) none: &'static str,
    pub(super) none_text: &'static str,
    pub(super) made: &'static str,
}

impl MoneyTexts {
    const fn kind(&self, kind: MovementName) -> &Kind {
        match kind {
            MovementName::Refund => &self.kinds[0],
            MovementName::Transfer => &self.kinds[1],
            MovementName::TopUp => &self.kinds[2],
            MovementName::Withdrawal => &self.kinds[3],
        }
    }

    /// One of a kind.
    pub(crate) const fn movement(&self, kind: MovementName) -> &'static str {
        self.kind(kind).one
    }

    /// All of a kind.
    pub(crate) const fn movements(&self, kind: MovementName) -> &'static str {
        self.kind(kind).many
    }

    /// What they are.
    pub(crate) const fn movements_lead(&self, kind: MovementName) -> &'static str {
        self.kind(kind).lead
    }

    /// That there are none.
    pub(crate) const fn no_movements(&self, kind: MovementName) -> &'static str {
        self.kind(kind).none
    }

    /// What would make one.
    pub(crate) const fn no_movements_text(&self, kind: MovementName) -> &'static str {
        self.kind(kind).none_text
    }

    /// That one was made.
    pub(crate) const fn movement_made(&self, kind: MovementName) -> &'static str {
        self.kind(kind).made
    }

    /// A movement's state in words.
    pub(crate) const fn movement_status(&self, status: MovementStatus) -> &'static str {
        match status {
            MovementStatus::Processing => self.statuses[0],
            MovementStatus::Succeeded => self.statuses[1],
            MovementStatus::Failed => self.statuses[2],
            MovementStatus::Unknown => self.statuses[3],
        }
    }

    /// How a channel of the sandbox behaves.
    pub(crate) const fn outcome(&self, outcome: SandboxOutcome) -> &'static str {
        match outcome {
            SandboxOutcome::Succeeds => self.outcomes[0],
            SandboxOutcome::Fails => self.outcomes[1],
            SandboxOutcome::RequiresAction => self.outcomes[2],
            SandboxOutcome::TimesOutThenSucceeds => self.outcomes[3],
            SandboxOutcome::NeverAnswers => self.outcomes[4],
            SandboxOutcome::AnswersLate => self.outcomes[5],
            SandboxOutcome::AnswersTwice => self.outcomes[6],
            SandboxOutcome::ChannelClosed => self.outcomes[7],
            SandboxOutcome::ChannelExhausted => self.outcomes[8],
        }
    }

    /// What happened, in words.
    pub(crate) fn event(&self, kind: EventKind) -> &'static str {
        let place = EventKind::ALL.iter().position(|known| *known == kind);
        place.and_then(|place| self.event_names.get(place)).copied().unwrap_or_else(|| kind.as_str())
    }

    /// How often a channel was asked again.
    pub(crate) fn checked(&self, times: u32) -> String {
        format!("{}{}", self.checked, counted(times, self.times))
    }

    /// The most that an amount may be.
    pub(crate) fn at_most(&self, amount: &str) -> String {
        let [before, behind] = self.at_most;
        format!("{before}{amount}{behind}")
    }

    /// What is there, which is too little.
    pub(crate) fn balance_fault(&self, balance: &str) -> String {
        let [before, behind] = self.balance;
        format!("{before}{balance}{behind}")
    }

    /// The title of a plot over so many lines of an account.
    pub(crate) fn plot_title(&self, currency: &str, lines: usize) -> String {
        let [before, between, behind] = self.plot;
        format!("{before}{currency}{between}{}{behind}", counted(lines, self.entries))
    }

    /// An account and what is on it.
    pub(crate) fn account_caption(&self, purpose: &str, balance: &str) -> String {
        format!("{purpose} · {balance}")
    }

    /// Why a text is no amount.
    pub(crate) fn amount_fault(&self, refusal: AmountRefusal) -> String {
        match refusal {
            AmountRefusal::Malformed => self.amount_malformed.to_owned(),
            AmountRefusal::WrongDecimals { currency, decimals } => {
                let [before, between, behind] = self.amount_decimals;
                format!("{before}{currency}{between}{decimals}{behind}")
            }
            AmountRefusal::TooLarge => {
                let [before, behind] = self.amount_too_large;
                format!("{before}{AMOUNT_MINOR_MAX}{behind}")
            }
            AmountRefusal::Zero => self.amount_zero.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EN, ZH};
    use tallyport_domain::books::EventKind;

    #[test]
    fn one_of_anything_is_no_plural() {
        assert_eq!(
            [0, 1, 2].map(|times| EN.money.checked(times)),
            ["asked again 0 times so far", "asked again 1 time so far", "asked again 2 times so far"]
        );
        assert_eq!(EN.money.plot_title("USD", 1), "Available USD over the last 1 entry, times in UTC");
        assert_eq!(ZH.money.plot_title("USD", 12), "可用余额（USD），最近 12 笔分录，时间为 UTC");
    }

    #[test]
    fn every_kind_of_event_has_its_own_name() {
        let ended = [EN.money.event(EventKind::PaymentHoldEnded), ZH.money.event(EventKind::PaymentHoldEnded)];
        assert_eq!(ended, ["The hold of the rest ended", "剩余部分的冻结已结束"]);
        let captured = [EN.money.event(EventKind::PaymentCaptured), ZH.money.event(EventKind::PaymentCaptured)];
        assert_eq!(captured, ["Captured", "已扣款"]);
        let last = [EN.money.event(EventKind::WithdrawalUnknown), ZH.money.event(EventKind::WithdrawalUnknown)];
        assert_eq!(last, ["Outcome unknown; the channel is asked again", "结果未知，将再次查询渠道"]);
    }
}
