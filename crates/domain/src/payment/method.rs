//! What a payment is paid with. In the sandbox these are tokens, never card numbers.

use std::fmt;
use std::str::FromStr;

use crate::channel::{Channel, ChannelAnswer, FailureCode, SandboxOutcome};
use crate::payment::ActionKind;
use crate::text_enum::text_enum;

text_enum! {
    /// A test card; its name says how its issuer answers.
    Card {
        /// Pays.
        Ok => "card_ok",
        /// Is declined.
        Declined => "card_declined",
        /// Has too little on it.
        InsufficientFunds => "card_insufficient_funds",
        /// Is out of date.
        Expired => "card_expired",
        /// Pays once its holder has authenticated.
        ThreeDsRequired => "card_3ds_required",
        /// Demands authentication, which fails.
        ThreeDsFails => "card_3ds_fails",
        /// Meets a fault of the channel, which took nothing.
        ProcessingError => "card_processing_error",
        /// The call gets no answer at first; asked again, the channel says that it paid.
        TimeoutThenOk => "card_timeout_then_ok",
        /// Looks like fraud to the channel.
        FraudSuspected => "card_fraud_suspected",
    }
}

impl Card {
    /// What the sandbox's issuer says, who was asked so many times before and got no answer.
    #[must_use]
    pub const fn sandbox_answer(self, checks: u32) -> ChannelAnswer {
        match self {
            Self::TimeoutThenOk if checks == 0 => ChannelAnswer::Unknown,
            Self::Ok | Self::TimeoutThenOk => ChannelAnswer::Approved,
            Self::Declined => ChannelAnswer::Failed(FailureCode::Declined),
            Self::InsufficientFunds => ChannelAnswer::Failed(FailureCode::InsufficientFunds),
            Self::Expired => ChannelAnswer::Failed(FailureCode::CardExpired),
            Self::ThreeDsRequired | Self::ThreeDsFails => ChannelAnswer::ActionRequired(ActionKind::Authenticate),
            Self::ProcessingError => ChannelAnswer::Failed(FailureCode::ProcessingError),
            Self::FraudSuspected => ChannelAnswer::Failed(FailureCode::FraudSuspected),
        }
    }
}

text_enum! {
    /// A wallet or a bank.
    Wallet {
        /// Alipay.
        Alipay => "alipay",
        /// WeChat Pay.
        WechatPay => "wechat_pay",
        /// A transfer from the payer's bank.
        BankTransfer => "bank_transfer",
        /// A balance that the payer has elsewhere.
        Balance => "balance",
    }
}

text_enum! {
    /// Where the payer is.
    Scene {
        /// In a browser at a desk.
        Pc => "pc",
        /// In a browser of a phone.
        Mobile => "mobile",
        /// In the partner's own app.
        App => "app",
        /// In front of a code to scan.
        Qr => "qr",
        /// At a terminal.
        Terminal => "terminal",
    }
}

/// With what a payment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A card.
    Card(Card),
    /// A wallet or a bank.
    Wallet(Wallet),
    /// What the payer chooses at the cashier.
    Cashier,
    /// The wallet of an account holder who consented.
    HolderWallet,
}

impl Method {
    /// The channel that takes it; none before the payer has chosen.
    #[must_use]
    pub const fn channel(self) -> Option<Channel> {
        match self {
            Self::Card(_) => Some(Channel::SandboxCard),
            Self::Wallet(Wallet::Alipay) => Some(Channel::SandboxAlipay),
            Self::Wallet(Wallet::WechatPay) => Some(Channel::SandboxWechatPay),
            Self::Wallet(Wallet::BankTransfer) => Some(Channel::SandboxBank),
            Self::Wallet(Wallet::Balance) => Some(Channel::SandboxBalance),
            Self::HolderWallet => Some(Channel::Wallets),
            Self::Cashier => None,
        }
    }

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Card(card) => card.as_str(),
            Self::Wallet(wallet) => wallet.as_str(),
            Self::Cashier => "cashier",
            Self::HolderWallet => "holder_wallet",
        }
    }

    /// What the sandbox says to a payment by this method; none before the payer has chosen.
    #[must_use]
    pub fn sandbox_answer(
        self,
        scene: Option<Scene>,
        outcome: Option<SandboxOutcome>,
        checks: u32,
    ) -> Option<ChannelAnswer> {
        let answer = match (self, outcome) {
            (Self::Cashier, _) => return None,
            // The books themselves say whether there is enough in it.
            (Self::HolderWallet, _) => ChannelAnswer::Approved,
            (Self::Card(card), None) => card.sandbox_answer(checks),
            (Self::Card(_), Some(outcome)) => outcome.answer(checks),
            (Self::Wallet(_), outcome) => outcome.unwrap_or(SandboxOutcome::Succeeds).answer(checks),
        };
        Some(match answer {
            ChannelAnswer::ActionRequired(ActionKind::Confirm) => ChannelAnswer::ActionRequired(self.action(scene)),
            answer => answer,
        })
    }

    /// What the payer has to do with this method when it does not go by itself.
    const fn action(self, scene: Option<Scene>) -> ActionKind {
        match (self, scene) {
            (Self::Card(_), _) => ActionKind::Authenticate,
            (Self::Wallet(Wallet::BankTransfer), _) => ActionKind::Transfer,
            (_, Some(Scene::Qr)) => ActionKind::Scan,
            _ => ActionKind::Confirm,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// No channel takes this method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a method that can be paid with")]
pub struct UnknownMethod;

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        if let Some(method) = [Self::Cashier, Self::HolderWallet].into_iter().find(|method| method.as_str() == text) {
            return Ok(method);
        }
        let card = text.parse().map(Self::Card);
        card.or_else(|_| text.parse().map(Self::Wallet)).map_err(|_| UnknownMethod)
    }
}
