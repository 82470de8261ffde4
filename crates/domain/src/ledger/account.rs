//! Accounts and how one entry changes them.

use std::fmt;
use std::str::FromStr;

use crate::channel::Channel;
use crate::ids::{AccountId, AppId, HolderId, ObjectId, PostingId};
use crate::ledger::Rule;
use crate::text_enum::text_enum;
use crate::{Currency, Environment, Money, UnknownText};

text_enum! {
    /// What an account is for.
    AccountPurpose {
        /// What an application may spend or withdraw.
        Available => "available",
        /// What an application has put aside for a refund or a withdrawal on its way.
        Reserved => "reserved",
        /// What a person has with the platform.
        Wallet => "wallet",
        /// What a channel owes the platform for money it took; below zero by nature.
        Clearing => "clearing",
        /// What the platform earned.
        Fees => "fees",
    }
}

impl AccountPurpose {
    /// What the accounts that an application owns are for.
    pub const OF_APPLICATIONS: [Self; 2] = [Self::Available, Self::Reserved];

    /// Whether the balance may be below zero.
    #[must_use]
    pub const fn may_be_negative(self) -> bool {
        matches!(self, Self::Clearing)
    }

    /// Whether money may be transferred to such an account from outside of it.
    #[must_use]
    pub const fn takes_transfers(self) -> bool {
        matches!(self, Self::Available | Self::Wallet)
    }
}

/// Whose account it is. What the platform and its channels hold is kept apart by application, so that
/// none of them can use up the range of another's account, or make it wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// An application of a developer.
    Application(AppId),
    /// A person.
    Holder(HolderId),
    /// A channel of the platform, for what it owes on account of one application.
    Channel {
        /// The channel.
        channel: Channel,
        /// On whose account.
        application: AppId,
    },
    /// The platform, for what it earned from one application.
    Platform {
        /// From whom.
        application: AppId,
    },
}

impl fmt::Display for Owner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Application(id) => fmt::Display::fmt(id, out),
            Self::Holder(id) => fmt::Display::fmt(id, out),
            Self::Channel { channel, application } => write!(out, "channel:{}:{application}", channel.as_str()),
            Self::Platform { application } => write!(out, "platform:{application}"),
        }
    }
}

impl FromStr for Owner {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let unknown = UnknownText { kind: "Owner" };
        let application = |text: &str| text.parse::<AppId>().map_err(|_| unknown);
        if let Some(rest) = text.strip_prefix("channel:") {
            let (channel, id) = rest.split_once(':').ok_or(unknown)?;
            return Ok(Self::Channel { channel: channel.parse()?, application: application(id)? });
        }
        if let Some(id) = text.strip_prefix("platform:") {
            return Ok(Self::Platform { application: application(id)? });
        }
        match text.parse() {
            Ok(id) => Ok(Self::Application(id)),
            Err(_) => text.parse().map(Self::Holder).map_err(|_| unknown),
        }
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

/// The accounts of one application in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountsOf {
    /// The application.
    pub application: AppId,
    /// Which world they are in.
    pub environment: Environment,
    /// Their currency.
    pub currency: Currency,
}

impl AccountsOf {
    /// What it may spend.
    #[must_use]
    pub const fn available(self) -> AccountKey {
        self.key(Owner::Application(self.application), AccountPurpose::Available)
    }

    /// What it has put aside.
    #[must_use]
    pub const fn reserved(self) -> AccountKey {
        self.key(Owner::Application(self.application), AccountPurpose::Reserved)
    }

    /// What a channel owes on its account.
    #[must_use]
    pub const fn clearing(self, channel: Channel) -> AccountKey {
        self.key(Owner::Channel { channel, application: self.application }, AccountPurpose::Clearing)
    }

    /// What a person has in their wallet.
    #[must_use]
    pub const fn wallet(self, holder: HolderId) -> AccountKey {
        self.key(Owner::Holder(holder), AccountPurpose::Wallet)
    }

    /// What the platform earned from it.
    #[must_use]
    pub const fn fees(self) -> AccountKey {
        self.key(Owner::Platform { application: self.application }, AccountPurpose::Fees)
    }

    const fn key(self, owner: Owner, purpose: AccountPurpose) -> AccountKey {
        AccountKey { owner, environment: self.environment, purpose, currency: self.currency }
    }
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
    pub object_id: ObjectId,
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
    #[error("the balance is {balance}")]
    InsufficientBalance {
        /// What is there.
        balance: Money,
    },
    /// An account holder's wallet would fall below zero. What is in it is the holder's business.
    #[error("the account holder's wallet holds too little")]
    WalletInsufficient,
    /// The balance would leave the range of 64 bits.
    #[error("the account in {currency} is full")]
    AccountFull {
        /// The account's currency.
        currency: Currency,
    },
}

impl Account {
    /// The account after one more line, and the numbers that its entry carries.
    pub(crate) fn after(&self, amount_minor: i64) -> Result<Self, EntryRefusal> {
        let full = EntryRefusal::AccountFull { currency: self.key.currency };
        let balance_minor = self.balance_minor.checked_add(amount_minor).ok_or(full)?;
        if balance_minor < 0 && !self.key.purpose.may_be_negative() {
            if self.key.purpose == AccountPurpose::Wallet {
                return Err(EntryRefusal::WalletInsufficient);
            }
            let balance = Money::from_minor(self.balance_minor, self.key.currency);
            return Err(EntryRefusal::InsufficientBalance { balance });
        }
        let entry_count = self.entry_count.checked_add(1).ok_or(full)?;
        Ok(Self { balance_minor, entry_count, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_read_back_from_its_text() {
        let application = AppId::from_parts(1_700_000_000_000, [7; 10]);
        let holder = HolderId::from_parts(1_700_000_000_000, [7; 10]);
        for owner in [
            Owner::Application(application),
            Owner::Holder(holder),
            Owner::Channel { channel: Channel::SandboxCard, application },
            Owner::Platform { application },
        ] {
            assert_eq!(owner.to_string().parse(), Ok(owner));
        }
        for text in ["", "channel:", "channel:sandbox_card", "channel:sandbox_card:", "channel:cash:app_1", "dev_1"] {
            assert!(text.parse::<Owner>().is_err(), "{text:?}");
        }
    }
}
