//! What a payment is paid with. In the sandbox these are tokens, never card numbers.

use std::fmt;
use std::str::FromStr;

use crate::ledger::Channel;
use crate::payment::{ChannelAnswer, FailureCode};
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
        /// Meets a fault of the channel, which took nothing.
        ProcessingError => "card_processing_error",
        /// Looks like fraud to the channel.
        FraudSuspected => "card_fraud_suspected",
    }
}

impl Card {
    /// How the sandbox's issuer answers for this card.
    #[must_use]
    pub const fn sandbox_answer(self) -> ChannelAnswer {
        match self {
            Self::Ok => ChannelAnswer::Captured,
            Self::Declined => ChannelAnswer::Failed(FailureCode::Declined),
            Self::InsufficientFunds => ChannelAnswer::Failed(FailureCode::InsufficientFunds),
            Self::Expired => ChannelAnswer::Failed(FailureCode::CardExpired),
            Self::ProcessingError => ChannelAnswer::Failed(FailureCode::ProcessingError),
            Self::FraudSuspected => ChannelAnswer::Failed(FailureCode::FraudSuspected),
        }
    }
}

/// With what a payment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A card.
    Card(Card),
}

impl Method {
    /// The channel that takes it.
    #[must_use]
    pub const fn channel(self) -> Channel {
        match self {
            Self::Card(_) => Channel::SandboxCard,
        }
    }

    /// The name on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Card(card) => card.as_str(),
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
        text.parse().map(Self::Card).map_err(|_| UnknownMethod)
    }
}
