//! What nobody knows the outcome of, whether money was to be taken, given back, put in or taken out.

use tallyport_domain::ids::{AppId, ObjectId};
use tallyport_domain::movement::{Movement, MovementState};
use tallyport_domain::payment::{Payment, PaymentState};
use tallyport_domain::{Environment, Money};
use tallyport_storage::{Reader, administration};

use crate::error::ServiceError;

/// The most that a page shows.
pub const UNKNOWN_MAX: usize = 50;

/// A payment or a movement whose channel has not said what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownOutcome {
    /// Which one.
    pub id: ObjectId,
    /// Whose it is.
    pub application_id: AppId,
    /// In which world.
    pub environment: Environment,
    /// How much.
    pub amount: Money,
    /// The payment's method, or the movement's channel.
    pub by: &'static str,
    /// How often the channel was asked again to no avail.
    pub checks: u32,
    /// When it is asked again.
    pub next_check_at_ms: i64,
    /// When it was made.
    pub created_at_ms: i64,
}

/// What is unknown, live before the sandbox, those first that are asked about next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOutcomes {
    /// At most [`UNKNOWN_MAX`].
    pub first: Vec<UnknownOutcome>,
    /// Whether there are more.
    pub has_more: bool,
}

impl UnknownOutcome {
    fn of_payment(payment: &Payment) -> Option<Self> {
        let PaymentState::Unknown { checks, next_check_at_ms } = payment.state else { return None };
        let asked = &payment.asked;
        Some(Self {
            id: ObjectId::Payment(asked.id),
            application_id: asked.application_id,
            environment: asked.environment,
            amount: asked.amount,
            by: asked.method.as_str(),
            checks,
            next_check_at_ms,
            created_at_ms: payment.created_at_ms,
        })
    }

    fn of_movement(movement: &Movement) -> Option<Self> {
        let MovementState::Unknown { checks, next_check_at_ms } = movement.state else { return None };
        Some(Self {
            id: movement.id,
            application_id: movement.application_id,
            environment: movement.environment,
            amount: movement.amount,
            // What has no channel is never unknown.
            by: movement.kind.channel()?.as_str(),
            checks,
            next_check_at_ms,
            created_at_ms: movement.created_at_ms,
        })
    }
}

pub(super) async fn load(reader: &mut Reader) -> Result<UnknownOutcomes, ServiceError> {
    // One more of each than is shown, to tell whether there are more.
    let limit = i64::try_from(UNKNOWN_MAX + 1).unwrap_or(i64::MAX);
    let payments = administration::unknown_payments(&mut *reader, limit).await?;
    let movements = administration::unknown_movements(&mut *reader, limit).await?;
    let payments = payments.iter().filter_map(UnknownOutcome::of_payment);
    Ok(first_of(payments.chain(movements.iter().filter_map(UnknownOutcome::of_movement)).collect()))
}

fn first_of(mut all: Vec<UnknownOutcome>) -> UnknownOutcomes {
    all.sort_by_key(|one| (one.environment == Environment::Sandbox, one.next_check_at_ms));
    let has_more = all.len() > UNKNOWN_MAX;
    all.truncate(UNKNOWN_MAX);
    UnknownOutcomes { first: all, has_more }
}

#[cfg(test)]
mod tests {
    use tallyport_domain::ids::{AppId, ObjectId, WithdrawalId};
    use tallyport_domain::{Environment, Money};

    use super::{UNKNOWN_MAX, UnknownOutcome, first_of};

    fn unknown(environment: Environment, next_check_at_ms: i64) -> UnknownOutcome {
        UnknownOutcome {
            id: ObjectId::Withdrawal(WithdrawalId::from_parts(1, [0; 10])),
            application_id: AppId::from_parts(1, [0; 10]),
            environment,
            amount: Money::from_minor(100, "USD".parse().unwrap()),
            by: "bank_transfer",
            checks: 0,
            next_check_at_ms,
            created_at_ms: 1,
        }
    }

    #[test]
    fn live_is_shown_before_the_sandbox_and_what_is_cut_off_is_said() {
        let full = i64::try_from(UNKNOWN_MAX).unwrap();
        let mut all: Vec<_> = (1..full).rev().map(|at_ms| unknown(Environment::Sandbox, at_ms)).collect();
        all.push(unknown(Environment::Live, full));
        let fits = first_of(all.clone());
        assert!(!fits.has_more);
        let order: Vec<i64> = fits.first.iter().map(|one| one.next_check_at_ms).collect();
        assert_eq!(order, [vec![full], (1..full).collect()].concat());
        all.push(unknown(Environment::Live, full + 1));
        let cut = first_of(all);
        assert!(cut.has_more);
        assert_eq!(cut.first.len(), UNKNOWN_MAX);
        assert_eq!(cut.first[1].environment, Environment::Live);
    }
}
