//! Channels: ways that money comes in and goes out, what they may answer, and the instances that each has.

mod instance;

pub use instance::{ChannelInstance, Drill, INSTANCE_WEIGHT_MAX, InstanceName, InstanceWeight, InvalidInstance};

use crate::payment::ActionKind;
use crate::text_enum::text_enum;

text_enum! {
    /// A way that money comes in and goes out.
    Channel {
        /// Cards of the sandbox, which answer by test token.
        SandboxCard => "sandbox_card",
        /// Alipay's stand-in in the sandbox.
        SandboxAlipay => "sandbox_alipay",
        /// WeChat Pay's stand-in in the sandbox.
        SandboxWechatPay => "sandbox_wechat_pay",
        /// A bank of the sandbox.
        SandboxBank => "sandbox_bank",
        /// A wallet company of the sandbox.
        SandboxBalance => "sandbox_balance",
        /// The wallets that account holders have with the platform itself.
        Wallets => "wallets",
    }
}

text_enum! {
    /// Why a channel did not do what it was asked to.
    FailureCode {
        /// It said no without a reason.
        Declined => "declined",
        /// The payer has too little.
        InsufficientFunds => "insufficient_funds",
        /// The card is out of date.
        CardExpired => "card_expired",
        /// The channel could not work on it; nothing was done.
        ProcessingError => "processing_error",
        /// The channel takes it for fraud.
        FraudSuspected => "fraud_suspected",
        /// The payer did not prove who they are.
        AuthenticationFailed => "authentication_failed",
        /// The channel never said what became of it, however often it was asked.
        ChannelSilent => "channel_silent",
        /// The channel has been closed since, so it gives nothing back.
        ChannelClosed => "channel_closed",
        /// The channel has given back all that it can.
        ChannelExhausted => "channel_exhausted",
        /// An account of the books cannot take the amount.
        AccountLimit => "account_limit",
    }
}

impl FailureCode {
    /// Whether money that was to go back through the channel may go into the payer's wallet instead: it
    /// will never go back the way it came.
    #[must_use]
    pub const fn leaves_the_balance(self) -> bool {
        matches!(self, Self::ChannelClosed | Self::ChannelExhausted)
    }
}

/// What a channel said when it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelAnswer {
    /// It did what it was asked to, over the whole amount.
    Approved,
    /// It did nothing, and will not.
    Failed(FailureCode),
    /// It waits for the payer.
    ActionRequired(ActionKind),
    /// Nobody knows: the call got no answer, or the channel does not know yet.
    Unknown,
}

text_enum! {
    /// How a channel of the sandbox behaves, as the request asks for.
    SandboxOutcome {
        /// It does what it is asked to, at once.
        Succeeds => "succeeds",
        /// It refuses.
        Fails => "fails",
        /// The payer has to do something first.
        RequiresAction => "requires_action",
        /// The first call gets no answer; asked again, it says that it did it.
        TimesOutThenSucceeds => "times_out_then_succeeds",
        /// No call ever gets an answer.
        NeverAnswers => "never_answers",
        /// It answers after a second.
        AnswersLate => "answers_late",
        /// It answers after a second, and then once more.
        AnswersTwice => "answers_twice",
        /// It has been closed and does nothing any more.
        ChannelClosed => "channel_closed",
        /// It has given back all that it can.
        ChannelExhausted => "channel_exhausted",
    }
}

impl SandboxOutcome {
    /// What the sandbox says, who was asked so many times before and got no answer.
    #[must_use]
    pub const fn answer(self, checks: u32) -> ChannelAnswer {
        match self {
            Self::Succeeds | Self::AnswersLate | Self::AnswersTwice => ChannelAnswer::Approved,
            Self::Fails => ChannelAnswer::Failed(FailureCode::Declined),
            Self::ChannelClosed => ChannelAnswer::Failed(FailureCode::ChannelClosed),
            Self::ChannelExhausted => ChannelAnswer::Failed(FailureCode::ChannelExhausted),
            Self::RequiresAction if checks == 0 => ChannelAnswer::ActionRequired(ActionKind::Confirm),
            Self::TimesOutThenSucceeds if checks > 0 => ChannelAnswer::Approved,
            Self::RequiresAction | Self::TimesOutThenSucceeds | Self::NeverAnswers => ChannelAnswer::Unknown,
        }
    }

    /// [`SandboxOutcome::answer`] to what no payer stands in front of, such as a refund.
    #[must_use]
    pub const fn answer_without_payer(self, checks: u32) -> ChannelAnswer {
        match self.answer(checks) {
            ChannelAnswer::ActionRequired(_) => ChannelAnswer::Approved,
            answer => answer,
        }
    }

    /// Whether the sandbox answers before the call returns, so that nobody has to wait for it.
    #[must_use]
    pub const fn is_at_once(self) -> bool {
        !matches!(self, Self::AnswersLate | Self::AnswersTwice)
    }
}
