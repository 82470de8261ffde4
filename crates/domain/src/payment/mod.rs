//! A payment's life: what it is, which state it is in, and the moves between states. Each move
//! takes the payment and returns the next one or a named refusal.

mod details;
mod method;
mod moves;
mod order;
mod payer;
mod state;

pub use details::{InvalidMetadata, InvalidReturnUrl, Metadata, ReturnUrl};
pub use method::{Card, Method, Scene, UnknownMethod, Wallet};
pub use moves::MoveRefusal;
pub use order::{Description, InvalidDescription, InvalidOrderId, OrderId};
pub use payer::Payer;
pub use state::{ActionKind, PaymentState, PaymentStatus, Taken};

use crate::books::IdempotencyKey;
use crate::channel::{ChannelAnswer, InstanceName, SandboxOutcome};
use crate::fee::Fee;
use crate::ids::{AppId, HolderId, PaymentId};
use crate::ledger::AccountsOf;
use crate::text_enum::text_enum;
use crate::{Environment, Money};

text_enum! {
    /// When the money is taken.
    CaptureMode {
        /// As soon as the channel agrees.
        Automatic => "automatic",
        /// When the partner says so; until then it is held.
        Manual => "manual",
    }
}

/// What the caller asked for, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// The id it will have.
    pub id: PaymentId,
    /// The application that makes it.
    pub application_id: AppId,
    /// The world it is in.
    pub environment: Environment,
    /// The partner's own number for what is paid.
    pub order_id: OrderId,
    /// How much.
    pub amount: Money,
    /// With what.
    pub method: Method,
    /// The instance of the method's channel that it was put to; none where there is no channel to ask.
    pub instance: Option<InstanceName>,
    /// The account holder who pays; none when the payer is nobody that the platform knows.
    pub payer: Option<Payer>,
    /// The account holder who gets what a channel captures, less the fee; none when the application keeps
    /// it. Whom a holder pays from their wallet stands in their consent instead.
    pub payee: Option<HolderId>,
    /// Where the payer is.
    pub scene: Option<Scene>,
    /// When the money is taken.
    pub capture: CaptureMode,
    /// For people to read.
    pub description: Option<Description>,
    /// Where the payer's browser goes afterwards.
    pub return_url: Option<ReturnUrl>,
    /// When the payer is too late, as the partner wants it.
    pub expires_at_ms: Option<i64>,
    /// What the partner wants back.
    pub metadata: Metadata,
    /// What it costs the partner: the fee in force when it is made.
    pub fee: Fee,
    /// How the sandbox behaves.
    pub sandbox_outcome: Option<SandboxOutcome>,
}

impl NewPayment {
    /// The accounts that it concerns.
    #[must_use]
    pub const fn accounts(&self) -> AccountsOf {
        AccountsOf { application: self.application_id, environment: self.environment, currency: self.amount.currency() }
    }

    /// What the sandbox says to it after so many fruitless checks.
    #[must_use]
    pub fn sandbox_answer(&self, checks: u32) -> Option<ChannelAnswer> {
        self.method.sandbox_answer(self.scene, self.sandbox_outcome, checks)
    }
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What was asked for.
    pub asked: NewPayment,
    /// The key under which it was asked for; the first answer is stored with it.
    pub idempotency_key: IdempotencyKey,
    /// Where it stands.
    pub state: PaymentState,
    /// How many events it has; the next one is numbered one higher.
    pub event_count: i64,
    /// When it was made.
    pub created_at_ms: i64,
    /// When it last changed.
    pub updated_at_ms: i64,
}

impl Payment {
    /// How much was taken so far.
    #[must_use]
    pub const fn captured(&self) -> Money {
        self.money(match self.state {
            PaymentState::Taken(taken) => taken.captured_minor,
            _ => 0,
        })
    }

    /// How much was given back so far.
    #[must_use]
    pub const fn refunded(&self) -> Money {
        self.money(match self.state {
            PaymentState::Taken(taken) => taken.refunded_minor,
            _ => 0,
        })
    }

    /// How much is on its way back.
    #[must_use]
    pub const fn refunding(&self) -> Money {
        self.money(match self.state {
            PaymentState::Taken(taken) => taken.refunding_minor,
            _ => 0,
        })
    }

    /// How much may still be given back.
    #[must_use]
    pub const fn refundable(&self) -> Money {
        self.money(match self.state {
            PaymentState::Taken(taken) => taken.refundable_minor(),
            _ => 0,
        })
    }

    /// What the platform charged so far.
    #[must_use]
    pub fn fee(&self) -> Money {
        self.asked.fee.of(self.captured())
    }

    /// How much may still be taken.
    #[must_use]
    pub const fn capturable(&self) -> Money {
        self.money(match self.state {
            PaymentState::Authorized { .. } => self.asked.amount.minor(),
            PaymentState::Taken(taken) => taken.capturable_minor,
            _ => 0,
        })
    }

    const fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.asked.amount.currency())
    }

    /// What the payer has to do, if it is their turn.
    #[must_use]
    pub const fn action(&self) -> Option<ActionKind> {
        match self.state {
            PaymentState::Created { .. } => Some(ActionKind::Choose),
            PaymentState::RequiresAction { action, .. } => Some(action),
            _ => None,
        }
    }
}
