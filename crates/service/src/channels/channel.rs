//! What every channel can do. A call names our own id of the payment or movement, and a channel does
//! nothing twice for the same one.

use std::pin::Pin;

use tallyport_domain::Money;
use tallyport_domain::channel::{ChannelAnswer, SandboxOutcome};
use tallyport_domain::ids::ObjectId;
use tallyport_domain::movement::Movement;
use tallyport_domain::payment::{Method, NewPayment, Scene};
use tallyport_domain::routing::CallEnd;

/// What a call is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order {
    /// Our own id of it, under which the channel knows it again.
    pub(crate) reference: ObjectId,
    /// How much.
    pub(crate) amount: Money,
    /// With what a payer pays; none where nobody stands in front of it.
    pub(crate) method: Option<Method>,
    /// Where the payer is.
    pub(crate) scene: Option<Scene>,
    /// How the sandbox is to behave.
    pub(crate) outcome: Option<SandboxOutcome>,
}

impl Order {
    pub(crate) const fn of_payment(payment: &NewPayment) -> Self {
        Self {
            reference: ObjectId::Payment(payment.id),
            amount: payment.amount,
            method: Some(payment.method),
            scene: payment.scene,
            outcome: payment.sandbox_outcome,
        }
    }

    pub(crate) const fn of_movement(movement: &Movement) -> Self {
        Self::without_payer(movement.id, movement.amount, movement.sandbox_outcome)
    }

    pub(crate) const fn without_payer(reference: ObjectId, amount: Money, outcome: Option<SandboxOutcome>) -> Self {
        Self { reference, amount, method: None, scene: None, outcome }
    }
}

/// What was heard from an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It answered; what it says may well be that it does not know yet.
    Answer(ChannelAnswer),
    /// The call never left, so nothing was done.
    NotSent,
    /// The call left and no answer came.
    NoAnswer,
}

impl Heard {
    /// What it comes to for whoever waits: a call that did not get through may have got through before.
    pub(crate) const fn answer(self) -> ChannelAnswer {
        match self {
            Self::Answer(answer) => answer,
            Self::NotSent | Self::NoAnswer => ChannelAnswer::Unknown,
        }
    }

    pub(crate) const fn end(self) -> CallEnd {
        match self {
            Self::Answer(_) => CallEnd::Answered,
            Self::NotSent => CallEnd::NotSent,
            Self::NoAnswer => CallEnd::NoAnswer,
        }
    }
}

/// A call on its way. Nothing has left the process before it is awaited.
pub(crate) type Underway = Pin<Box<dyn Future<Output = Heard> + Send>>;

/// How an instance replies.
pub(crate) enum Reply {
    /// It could say so without leaving the process: the answer may be booked in the transaction of the
    /// call.
    Now(Heard),
    /// It has to be waited for, outside of every transaction.
    Later(Underway),
}

/// A channel, by one of its instances.
pub(crate) trait Channel: Send + Sync {
    /// Asks the payer for money, or holds it.
    fn authorize(&self, order: &Order) -> Reply;

    /// Takes money that is held: so much of it.
    fn capture(&self, order: &Order, amount: Money) -> Reply;

    /// Gives up what is held.
    fn cancel(&self, order: &Order) -> Reply;

    /// Gives money back to the payer.
    fn refund(&self, order: &Order) -> Reply;

    /// Pays money out.
    fn payout(&self, order: &Order) -> Reply;

    /// Asks what became of an earlier call, which was asked about so many times before to no avail.
    fn query(&self, order: &Order, checks: u32) -> Reply;

    /// How often it tells an answer that had to be waited for.
    fn times_told(&self, order: &Order) -> usize;
}
