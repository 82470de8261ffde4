//! The states of a payment with what belongs to each.

use crate::channel::FailureCode;
use crate::text_enum::text_enum;

text_enum! {
    /// What the payer has to do.
    ActionKind {
        /// Prove to the card's issuer who they are (3-D Secure).
        Authenticate => "authenticate",
        /// Scan a code.
        Scan => "scan",
        /// Confirm in the wallet.
        Confirm => "confirm",
        /// Send the money from their bank.
        Transfer => "transfer",
        /// Choose at the cashier how to pay.
        Choose => "choose",
    }
}

/// Money that was taken, and what became of it. All amounts are minor units of the payment's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Taken so far.
    pub captured_minor: i64,
    /// Given back.
    pub refunded_minor: i64,
    /// On its way back.
    pub refunding_minor: i64,
    /// Authorized and not taken yet.
    pub capturable_minor: i64,
    /// Until when more may be taken; none when there is nothing left to take.
    pub capture_until_ms: Option<i64>,
}

impl Taken {
    /// What may still be given back.
    #[must_use]
    pub const fn refundable_minor(&self) -> i64 {
        self.captured_minor - self.refunded_minor - self.refunding_minor
    }
}

/// The state of a payment with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// The payer has not chosen yet how to pay.
    Created {
        /// When it is too late to.
        expires_at_ms: i64,
    },
    /// The channel was asked and has not answered yet.
    Processing,
    /// The channel waits for the payer.
    RequiresAction {
        /// What the payer has to do.
        action: ActionKind,
        /// When it is too late to.
        expires_at_ms: i64,
    },
    /// The payer's money is held for us.
    Authorized {
        /// When the hold ends.
        expires_at_ms: i64,
    },
    /// Money was taken.
    Taken(Taken),
    /// The partner called it off before money was taken.
    Canceled,
    /// It came to nothing; the order may be paid anew.
    Failed {
        /// Why.
        failure: FailureCode,
    },
    /// The payer, or the partner, let the time pass.
    Expired,
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
    PaymentStatus {
        /// See [`PaymentState::Created`].
        Created => "created",
        /// See [`PaymentState::RequiresAction`].
        RequiresAction => "requires_action",
        /// See [`PaymentState::Processing`].
        Processing => "processing",
        /// See [`PaymentState::Authorized`].
        Authorized => "authorized",
        /// Money was taken and none went back.
        Captured => "captured",
        /// Some of what was taken went back.
        PartiallyRefunded => "partially_refunded",
        /// All that was taken went back.
        Refunded => "refunded",
        /// See [`PaymentState::Canceled`].
        Canceled => "canceled",
        /// See [`PaymentState::Failed`].
        Failed => "failed",
        /// See [`PaymentState::Expired`].
        Expired => "expired",
        /// See [`PaymentState::Unknown`].
        Unknown => "unknown",
    }
}

impl PaymentState {
    /// The state's name.
    #[must_use]
    pub const fn status(self) -> PaymentStatus {
        match self {
            Self::Created { .. } => PaymentStatus::Created,
            Self::Processing => PaymentStatus::Processing,
            Self::RequiresAction { .. } => PaymentStatus::RequiresAction,
            Self::Authorized { .. } => PaymentStatus::Authorized,
            Self::Taken(Taken { refunded_minor: 0, .. }) => PaymentStatus::Captured,
            Self::Taken(Taken { captured_minor, refunded_minor, .. }) if refunded_minor < captured_minor => {
                PaymentStatus::PartiallyRefunded
            }
            Self::Taken(_) => PaymentStatus::Refunded,
            Self::Canceled => PaymentStatus::Canceled,
            Self::Failed { .. } => PaymentStatus::Failed,
            Self::Expired => PaymentStatus::Expired,
            Self::Unknown { .. } => PaymentStatus::Unknown,
        }
    }

    /// When a worker has to look at the payment again, unless somebody was faster.
    #[must_use]
    pub const fn due_at_ms(self) -> Option<i64> {
        match self {
            Self::Created { expires_at_ms }
            | Self::RequiresAction { expires_at_ms, .. }
            | Self::Authorized { expires_at_ms } => Some(expires_at_ms),
            Self::Unknown { next_check_at_ms, .. } => Some(next_check_at_ms),
            Self::Taken(taken) => taken.capture_until_ms,
            Self::Processing | Self::Canceled | Self::Failed { .. } | Self::Expired => None,
        }
    }
}

impl PaymentStatus {
    /// Whether the order may be paid anew: nothing was taken and nothing will be.
    #[must_use]
    pub const fn frees_the_order(self) -> bool {
        matches!(self, Self::Canceled | Self::Failed | Self::Expired)
    }

    /// Whether money was taken for the order.
    #[must_use]
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Captured | Self::PartiallyRefunded | Self::Refunded)
    }
}
