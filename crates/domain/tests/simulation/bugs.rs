//! Bugs that are planted around the real rules, to show that the simulation finds their like.

use tallyport_domain::books::{Books, Command, IdempotencyRecord, Outcome, Refusal};
use tallyport_domain::channel::ChannelAnswer;
use tallyport_domain::ids::{ObjectId, PaymentId};
use tallyport_domain::payment::PaymentState;

use crate::world::World;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bug {
    /// The last line of a posting has the other sign.
    WrongSign,
    /// The event of an answer is not written.
    LostEvent,
    /// An answer that comes twice is booked twice.
    DoubleCapture,
    /// A refused call leaves its key behind.
    KeyStoredTooEarly,
    /// A refused command takes the change of its neighbour in the batch with it.
    NeighbourSpoiled,
}

impl Bug {
    pub(crate) const ALL: [Self; 5] =
        [Self::WrongSign, Self::LostEvent, Self::DoubleCapture, Self::KeyStoredTooEarly, Self::NeighbourSpoiled];
}

/// Applies a command as the real function does, and then as badly as the bug has it. `before` is what the
/// books were before the neighbour's command.
pub(crate) fn apply(
    world: &mut World,
    command: &Command,
    bug: Option<Bug>,
    before: Option<&Books>,
) -> Result<Outcome, Refusal> {
    let entries = world.books.changes.entries.len();
    if bug == Some(Bug::DoubleCapture)
        && let Command::BookAnswer { payment, answer: ChannelAnswer::Approved } = command
        && let Some(payment) = world.books.payments.get_mut(payment)
        && matches!(payment.state, PaymentState::Taken(_))
    {
        payment.state = PaymentState::Processing;
    }
    let outcome = world.apply(command);
    match bug {
        Some(Bug::WrongSign) if world.books.changes.entries.len() > entries => {
            let entry = world.books.changes.entries.last_mut().unwrap();
            let (account, minor) = (entry.account_id, entry.amount_minor);
            entry.amount_minor = -minor;
            entry.balance_after_minor -= 2 * minor;
            let account = world.books.accounts.values_mut().find(|found| found.id == account).unwrap();
            account.balance_minor -= 2 * minor;
        }
        Some(Bug::LostEvent) if outcome.is_ok() && matches!(command, Command::BookAnswer { .. }) => {
            world.books.changes.events.pop();
        }
        Some(Bug::KeyStoredTooEarly) if outcome.is_err() => {
            if let Some(keyed) = command.keyed() {
                let record = IdempotencyRecord {
                    request: keyed.request.clone(),
                    object_id: ObjectId::Payment(PaymentId::from_parts(0, [0; 10])),
                    answer: None,
                    created_at_ms: world.now_ms,
                };
                world.books.idempotency.entry(keyed.scope.clone()).or_insert(record);
            }
        }
        Some(Bug::NeighbourSpoiled) if outcome.is_err() => world.books.clone_from(before.unwrap()),
        _ => {}
    }
    outcome
}
