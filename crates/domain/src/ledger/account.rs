//! Accounts and how one entry changes them.

use std::fmt;
use std::str::FromStr;

use crate::ids::{AccountId, AppId, PostingId};
use crate::ledger::Rule;
use crate::text_enum::text_enum;
use crate::{Currency, Environment, UnknownText};

text_enum! {
    /// What an account is for.
    AccountPurpose {
        /// What an application may spend or withdraw; never below zero.
        Available => "available",
        /// What a channel owes the platform for money it took; below zero by nature.
        Clearing => "clearing",
    }
}

impl AccountPurpose {
    /// Whether the balance may be below zero.
    #[must_use]
    pub const fn may_be_negative(self) -> bool {
        matches!(self, Self::Clearing)
    }
}

text_enum! {
    /// A way that money comes in.
    Channel {
        /// Cards of the sandbox, which answer by test token.
        SandboxCard => "sandbox_card",
    }
}

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// An application of a developer.
    Application(AppId),
    /// A channel of the platform, for what it owes on account of one application. Kept apart by
    /// application, so that none of them can use up the range of another's account, or make it wait.
    Channel {
        /// The channel.
        channel: Channel,
        /// On whose account.
        application: AppId,
    },
}

impl fmt::Display for Owner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Application(id) => fmt::Display::fmt(id, out),
            Self::Channel { channel, application } => write!(out, "channel:{}:{application}", channel.as_str()),
        }
    }
}

impl FromStr for Owner {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let unknown = UnknownText { kind: "Owner" };
        let Some(rest) = text.strip_prefix("channel:") else {
            return text.parse().map(Self::Application).map_err(|_| unknown);
        };
        let (channel, application) = rest.split_once(':').ok_or(unknown)?;
        let application = application.parse().map_err(|_| unknown)?;
        Ok(Self::Channel { channel: channel.parse()?, application })
    }
}

/// What tells one account from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKey {
    /// Whose it is.
    pub owner: Owner,
    /// Which world it is in.
    pub environment: Environment,
    /// What it is for.
    pub purpose: AccountPurpose,
    /// The one currency it holds.
    pub currency: Currency,
}

/// An account and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account's id.
    pub id: AccountId,
    /// What tells it from others.
    pub key: AccountKey,
    /// The sum of its entries.
    pub balance_minor: i64,
    /// How many entries it has; the next one is numbered one higher.
    pub entry_count: i64,
    /// When it was opened.
    pub created_at_ms: i64,
}

/// One line of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The account that it changed.
    pub account_id: AccountId,
    /// Its number within the account, from one, without gaps.
    pub sequence: i64,
    /// The posting that it is part of.
    pub posting_id: PostingId,
    /// The rule that made the posting.
    pub rule: Rule,
    /// The payment or other object that it is about.
    pub object_id: String,
    /// Credit above zero, debit below.
    pub amount_minor: i64,
    /// The balance after it.
    pub balance_after_minor: i64,
    /// When it was booked.
    pub created_at_ms: i64,
}

/// Why an entry cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefusal {
    /// The account would fall below zero.
    #[error("the balance of {account} is too low")]
    InsufficientBalance {
        /// The account that has too little.
        account: AccountId,
    },
    /// The balance would leave the range of 64 bits.
    #[error("the balance of {account} would overflow")]
    Overflow {
        /// The account that would overflow.
        account: AccountId,
    },
}

impl Account {
    /// The account after one more line, and the numbers that its entry carries.
    pub(crate) fn after(&self, amount_minor: i64) -> Result<Self, EntryRefusal> {
        let overflow = EntryRefusal::Overflow { account: self.id };
        let balance_minor = self.balance_minor.checked_add(amount_minor).ok_or(overflow)?;
        if balance_minor < 0 && !self.key.purpose.may_be_negative() {
            return Err(EntryRefusal::InsufficientBalance { account: self.id });
        }
        let entry_count = self.entry_count.checked_add(1).ok_or(overflow)?;
        Ok(Self { balance_minor, entry_count, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_read_back_from_its_text() {
        let application = AppId::from_parts(1_700_000_000_000, [7; 10]);
        for owner in [Owner::Application(application), Owner::Channel { channel: Channel::SandboxCard, application }] {
            assert_eq!(owner.to_string().parse(), Ok(owner));
        }
        for text in ["", "channel:", "channel:sandbox_card", "channel:sandbox_card:", "channel:cash:app_1", "dev_1"] {
            assert!(text.parse::<Owner>().is_err(), "{text:?}");
        }
    }
}
