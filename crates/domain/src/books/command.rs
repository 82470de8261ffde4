//! What can be asked of the books, and how it can end.

use crate::Money;
use crate::books::{ConsentRefusal, IdempotencyScope, Nonce, StoredAnswer};
use crate::channel::{Channel, ChannelAnswer, InstanceName, SandboxOutcome};
use crate::ids::{AccountId, HolderId, ObjectId, PaymentId};
use crate::ledger::EntryRefusal;
use crate::movement::AnswerTooLate;
use crate::payment::{Description, Metadata, MoveRefusal, NewPayment, Payment};

/// What every call that moves money carries: the caller's name for its effect.
#[derive(Debug, Clone)]
pub struct Keyed {
    /// Who calls what, under which key.
    pub scope: IdempotencyScope,
    /// The body as it arrived.
    pub request: String,
    /// The nonce of the request's signature, when it was signed.
    pub nonce: Option<Nonce>,
}

/// A request for a payment, checked by itself.
#[derive(Debug, Clone)]
pub struct CreatePayment {
    /// The caller's name for it.
    pub keyed: Keyed,
    /// What is asked for.
    pub payment: NewPayment,
    /// What the channel says to it, when it could be asked without leaving the process.
    pub decided: Option<ChannelAnswer>,
}

/// A request to take money that is held.
#[derive(Debug, Clone)]
pub struct CapturePayment {
    /// The caller's name for it.
    pub keyed: Keyed,
    /// Whose money.
    pub payment: PaymentId,
    /// How much; everything when none is named.
    pub amount: Option<Money>,
    /// Whether the rest is given up.
    pub is_final: bool,
}

/// What kind of movement is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementAsked {
    /// Give a payment's money back.
    Refund {
        /// The payment.
        payment: PaymentId,
        /// Whose wallet the money goes into when the channel is closed or exhausted.
        to_holder: Option<HolderId>,
    },
    /// Move money from the caller's balance to another account.
    Transfer {
        /// Which one.
        to: TransferTo,
    },
    /// Put money into the caller's balance.
    TopUp {
        /// Through which channel.
        channel: Channel,
    },
    /// Take money out of the caller's balance.
    Withdrawal {
        /// Through which channel.
        channel: Channel,
    },
}

/// Where transferred money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferTo {
    /// To the account of this id.
    Account(AccountId),
    /// To the wallet of an account holder, which is opened by its first money.
    Wallet(HolderId),
}

/// A request for a movement, checked by itself.
#[derive(Debug, Clone)]
pub struct MakeMovement {
    /// The caller's name for it.
    pub keyed: Keyed,
    /// The id it will have.
    pub id: ObjectId,
    /// What is asked for.
    pub asked: MovementAsked,
    /// The instance of its channel that it is put to.
    pub instance: Option<InstanceName>,
    /// How much; a refund without an amount gives back everything that is left.
    pub amount: Option<Money>,
    /// For people to read.
    pub description: Option<Description>,
    /// What the partner wants back.
    pub metadata: Metadata,
    /// How the sandbox behaves.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// What the channel says to it, when it could be asked without leaving the process.
    pub decided: Option<ChannelAnswer>,
}

/// One thing asked of the books.
#[derive(Debug, Clone)]
pub enum Command {
    /// Use up the nonce of a signed request that changes nothing else.
    UseNonce(Nonce),
    /// Answer a call as it was answered before, and do nothing else: what stands before the books refuses it by now.
    Repeat(Box<Keyed>),
    /// Make a payment and put it to its channel.
    CreatePayment(Box<CreatePayment>),
    /// Book what a channel answered about a payment.
    BookAnswer {
        /// The payment that the channel was asked about.
        payment: PaymentId,
        /// What it said.
        answer: ChannelAnswer,
    },
    /// Take an authorized payment's money.
    CapturePayment(Box<CapturePayment>),
    /// Call a payment off.
    CancelPayment {
        /// The caller's name for it.
        keyed: Box<Keyed>,
        /// The payment.
        payment: PaymentId,
    },
    /// End a payment whose time is over.
    ExpirePayment {
        /// The payment.
        payment: PaymentId,
    },
    /// Refund, transfer, top up or withdraw.
    MakeMovement(Box<MakeMovement>),
    /// Book what a channel answered about a movement.
    BookMovement {
        /// The movement that the channel was asked about.
        movement: ObjectId,
        /// The payment that a refund is of, so that it can be loaded with it.
        payment: Option<PaymentId>,
        /// What it said.
        answer: ChannelAnswer,
    },
}

/// The same request was answered before: with this.
pub type Replay = StoredAnswer;

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The nonce is used up.
    NonceUsed,
    /// It is done; this event, by its place among the changes, shows the object that is the answer.
    Done {
        /// The event's place.
        event: usize,
    },
    /// A payment was made; its channel has to be asked before there is an answer.
    Waiting(Box<Payment>),
    /// The same request was answered before.
    Replayed(Replay),
}

/// Why a command did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The signature was used before.
    #[error("the nonce was used before")]
    NonceReused,
    /// The first request with this key has no answer yet.
    #[error("the first request with this idempotency key is still under way")]
    IdempotencyInProgress,
    /// The key came with another body before.
    #[error("the idempotency key was used with another body")]
    IdempotencyReused {
        /// JSON pointers to what differs.
        pointers: Vec<String>,
    },
    /// No such call was answered before.
    #[error("there is no answer to repeat")]
    NothingToRepeat,
    /// The order has a payment that may still succeed.
    #[error("the order is being paid by {payment}")]
    OrderInProgress {
        /// That payment.
        payment: PaymentId,
    },
    /// The order has a payment that succeeded.
    #[error("the order was paid by {payment}")]
    OrderAlreadyPaid {
        /// That payment.
        payment: PaymentId,
    },
    /// There is no such payment, or it is not the caller's.
    #[error("there is no payment {payment}")]
    NoSuchPayment {
        /// The id that was asked for.
        payment: PaymentId,
    },
    /// There is no such movement.
    #[error("there is no {movement}")]
    NoSuchMovement {
        /// The id that was asked for.
        movement: ObjectId,
    },
    /// There is no account of that id that takes such money.
    #[error("there is no account {account} that takes it")]
    NoSuchAccount {
        /// The id that was asked for.
        account: AccountId,
    },
    /// The account holder did not consent to the payment.
    #[error(transparent)]
    Consent(#[from] ConsentRefusal),
    /// Money cannot go from an account to itself.
    #[error("both accounts are the same")]
    SameAccount,
    /// The payment's state or amounts do not allow it.
    #[error(transparent)]
    Move(#[from] MoveRefusal),
    /// The movement takes no such answer any more.
    #[error(transparent)]
    AnswerTooLate(#[from] AnswerTooLate),
    /// The ledger does not take the entries.
    #[error(transparent)]
    Entry(#[from] EntryRefusal),
}
