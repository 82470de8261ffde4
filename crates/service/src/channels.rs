//! Channels: who takes the payer's money. The sandbox's card channel answers by test token, through
//! the same doors as any other: it is asked outside of every transaction, and its answer comes back
//! as a command of its own.

use tallyport_domain::payment::{ChannelAnswer, Method, Payment};

/// Asks the payment's channel to take the money. A channel is asked by the payment's id and does
/// nothing twice for the same one.
pub(crate) async fn authorize(payment: &Payment) -> ChannelAnswer {
    match payment.asked.method {
        Method::Card(card) => card.sandbox_answer(),
    }
}
