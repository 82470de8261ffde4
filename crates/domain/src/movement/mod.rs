//! Movements: money that moves other than by taking a payment. Refunds, top-ups and withdrawals wait
//! for a channel; a transfer stays inside the books.

mod moves;

use crate::channel::{Channel, FailureCode, InstanceName, SandboxOutcome};
use crate::ids::{AccountId, AppId, HolderId, ObjectId, PaymentId};
use crate::ledger::AccountsOf;
use crate::payment::{Description, Metadata};
use crate::text_enum::text_enum;
use crate::{Environment, Money};

text_enum! {
    /// The kind's name in events and in the database.
    MovementName {
        /// Money that goes back to a payer.
        Refund => "refund",
        /// Money that goes from one account to another.
        Transfer => "transfer",
        /// Money that an application puts in.
        TopUp => "top_up",
        /// Money that an application takes out.
        Withdrawal => "withdrawal",
    }
}

/// Where a refund's money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundTo {
    /// Back through the channel that took it.
    Channel,
    /// Back through the channel, or into this holder's wallet when the channel is closed or exhausted.
    ChannelOr(HolderId),
    /// Into this holder's wallet, because the channel was closed or exhausted.
    Wallet(HolderId),
}

/// What moves, with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementKind {
    /// A payment's money goes back to its payer.
    Refund {
        /// The payment.
        payment: PaymentId,
        /// The channel that took it.
        channel: Channel,
        /// Where the money goes.
        to: RefundTo,
    },
    /// Money goes from one account to another.
    Transfer {
        /// The application's own account.
        from: AccountId,
        /// Somebody's account of the same currency.
        to: AccountId,
    },
    /// Money comes from the application's bank.
    TopUp {
        /// Through which channel.
        channel: Channel,
    },
    /// Money goes to the application's bank.
    Withdrawal {
        /// Through which channel.
        channel: Channel,
    },
}

impl MovementKind {
    /// The kind's name.
    #[must_use]
    pub const fn name(self) -> MovementName {
        match self {
            Self::Refund { .. } => MovementName::Refund,
            Self::Transfer { .. } => MovementName::Transfer,
            Self::TopUp { .. } => MovementName::TopUp,
            Self::Withdrawal { .. } => MovementName::Withdrawal,
        }
    }

    /// The payment that a refund is of.
    #[must_use]
    pub const fn payment(self) -> Option<PaymentId> {
        match self {
            Self::Refund { payment, .. } => Some(payment),
            Self::Transfer { .. } | Self::TopUp { .. } | Self::Withdrawal { .. } => None,
        }
    }

    /// The account holder into whose wallet a refund goes, or may go.
    #[must_use]
    pub const fn holder(self) -> Option<HolderId> {
        match self {
            Self::Refund { to: RefundTo::ChannelOr(holder) | RefundTo::Wallet(holder), .. } => Some(holder),
            Self::Refund { .. } | Self::Transfer { .. } | Self::TopUp { .. } | Self::Withdrawal { .. } => None,
        }
    }

    /// What it becomes when its channel fails so, if there is another way to the payer.
    const fn by_another_way(self, failure: FailureCode) -> Option<Self> {
        match self {
            Self::Refund { payment, channel, to: RefundTo::ChannelOr(holder) } if failure.leaves_the_balance() => {
                Some(Self::Refund { payment, channel, to: RefundTo::Wallet(holder) })
            }
            _ => None,
        }
    }

    /// The channel that has to do something for it.
    #[must_use]
    pub const fn channel(self) -> Option<Channel> {
        match self {
            Self::Refund { channel, .. } | Self::TopUp { channel } | Self::Withdrawal { channel } => Some(channel),
            Self::Transfer { .. } => None,
        }
    }
}

/// Where a movement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementState {
    /// The channel was asked, or is about to be.
    Processing,
    /// It is done.
    Succeeded,
    /// It came to nothing; what was put aside for it is back.
    Failed {
        /// Why.
        failure: FailureCode,
    },
    /// The channel was asked and nobody knows what it did.
    Unknown {
        /// How often it was asked again to no avail.
        checks: u32,
        /// When it is asked again.
        next_check_at_ms: i64,
    },
}

text_enum! {
    /// The state's name on the wire and in the database.
    MovementStatus {
        /// See [`MovementState::Processing`].
        Processing => "processing",
        /// See [`MovementState::Succeeded`].
        Succeeded => "succeeded",
        /// See [`MovementState::Failed`].
        Failed => "failed",
        /// See [`MovementState::Unknown`].
        Unknown => "unknown",
    }
}

impl MovementState {
    /// The state's name.
    #[must_use]
    pub const fn status(self) -> MovementStatus {
        match self {
            Self::Processing => MovementStatus::Processing,
            Self::Succeeded => MovementStatus::Succeeded,
            Self::Failed { .. } => MovementStatus::Failed,
            Self::Unknown { .. } => MovementStatus::Unknown,
        }
    }
}

/// A movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Its id, of the kind that it is.
    pub id: ObjectId,
    /// The application that made it.
    pub application_id: AppId,
    /// The world it is in.
    pub environment: Environment,
    /// What moves.
    pub kind: MovementKind,
    /// The instance of its channel that it was put to; none for what stays inside the books.
    pub instance: Option<InstanceName>,
    /// How much.
    pub amount: Money,
    /// For people to read.
    pub description: Option<Description>,
    /// What the partner wants back.
    pub metadata: Metadata,
    /// How the sandbox behaves.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// Where it stands.
    pub state: MovementState,
    /// How many events it has; the next one is numbered one higher.
    pub event_count: i64,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it last changed.
    pub updated_at_ms: i64,
}

/// A movement that has ended takes no answer, and one that is asked about later takes none that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("movement {movement} is {}", status.as_str())]
pub struct AnswerTooLate {
    /// The movement.
    pub movement: ObjectId,
    /// Where it stands.
    pub status: MovementStatus,
}

impl Movement {
    /// The accounts of the application that made it.
    #[must_use]
    pub const fn accounts(&self) -> AccountsOf {
        AccountsOf { application: self.application_id, environment: self.environment, currency: self.amount.currency() }
    }
}
