//! Channels: who takes the payer's money and who pays out. Each is asked by our own id of the payment
//! or movement and does nothing twice for the same one; asked once more, it says what it did.
//!
//! What a channel can say without leaving the process is decided in the lane, in the transaction of
//! the call. Everything else is asked outside of every transaction, and the answer comes back as a
//! command of its own.

use std::time::Duration;

use tallyport_domain::Environment;
use tallyport_domain::channel::{ChannelAnswer, SandboxOutcome};
use tallyport_domain::movement::Movement;
use tallyport_domain::payment::{NewPayment, Payment};

/// How long the sandbox takes when it is asked to be late.
const LATE: Duration = Duration::from_secs(1);

/// Whether any channel works in this world. Channels for real money are configured by the operator;
/// this program ships none.
pub(crate) const fn work_in(environment: Environment) -> bool {
    matches!(environment, Environment::Sandbox)
}

/// What the channel says to a payment at once; none when it has to be waited for.
pub(crate) fn decide_payment(payment: &NewPayment) -> Option<ChannelAnswer> {
    payment.sandbox_answer(0).filter(|_| is_at_once(payment.sandbox_outcome))
}

/// What the channel says to a refund, top-up or withdrawal at once; none when it has to be waited for.
pub(crate) fn decide_movement(outcome: Option<SandboxOutcome>) -> Option<ChannelAnswer> {
    let outcome = outcome.unwrap_or(SandboxOutcome::Succeeds);
    outcome.is_at_once().then(|| outcome.answer_without_payer(0))
}

/// Asks the channel about a payment, which was asked about so many times before to no avail.
pub(crate) async fn ask_about_payment(payment: &Payment, checks: u32) -> ChannelAnswer {
    wait(payment.asked.sandbox_outcome, checks).await;
    payment.asked.sandbox_answer(checks).unwrap_or(ChannelAnswer::Unknown)
}

/// Asks the channel about a movement, which was asked about so many times before to no avail.
pub(crate) async fn ask_about_movement(movement: &Movement, checks: u32) -> ChannelAnswer {
    wait(movement.sandbox_outcome, checks).await;
    movement.sandbox_outcome.unwrap_or(SandboxOutcome::Succeeds).answer_without_payer(checks)
}

/// How often the channel tells its answer.
pub(crate) fn times_told(outcome: Option<SandboxOutcome>) -> usize {
    if outcome == Some(SandboxOutcome::AnswersTwice) { 2 } else { 1 }
}

fn is_at_once(outcome: Option<SandboxOutcome>) -> bool {
    outcome.is_none_or(SandboxOutcome::is_at_once)
}

async fn wait(outcome: Option<SandboxOutcome>, checks: u32) {
    if checks == 0 && !is_at_once(outcome) {
        tokio::time::sleep(LATE).await;
    }
}
