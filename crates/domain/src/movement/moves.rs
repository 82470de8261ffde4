//! The moves between a movement's states, each with the money that it moves.

use crate::Money;
use crate::books::MakeMovement;
use crate::channel::{ChannelAnswer, FailureCode};
use crate::ledger::Posting;
use crate::movement::{AnswerTooLate, Movement, MovementKind, MovementState, RefundTo};
use crate::schedule::next_check_at_ms;

impl MakeMovement {
    /// The movement that is asked for, before its channel said anything.
    pub(crate) fn begin(&self, kind: MovementKind, amount: Money, now_ms: i64) -> Movement {
        Movement {
            id: self.id,
            application_id: self.keyed.scope.application_id,
            environment: self.keyed.scope.environment,
            kind,
            instance: self.instance.clone(),
            amount,
            description: self.description.clone(),
            metadata: self.metadata.clone(),
            sandbox_outcome: self.sandbox_outcome,
            state: MovementState::Processing,
            event_count: 1,
            created_at_ms: now_ms,
            updated_at_ms: now_ms,
        }
    }
}

impl Movement {
    /// The movement after its first answer, if there is one already, and all that it books so far.
    pub(crate) fn decided(
        &self,
        answer: Option<ChannelAnswer>,
        now_ms: i64,
    ) -> Result<(Self, Vec<Posting>), AnswerTooLate> {
        let (movement, posting) = match answer {
            Some(answer) => self.clone().answered(answer, now_ms)?,
            None => (self.clone(), None),
        };
        Ok((movement, self.reserving().into_iter().chain(posting).collect()))
    }

    /// When a worker has to look at it.
    #[must_use]
    pub const fn due_at_ms(&self, now_ms: i64) -> Option<i64> {
        match self.state {
            MovementState::Processing => Some(now_ms),
            MovementState::Unknown { next_check_at_ms, .. } => Some(next_check_at_ms),
            MovementState::Succeeded | MovementState::Failed { .. } => None,
        }
    }

    /// What is put aside when it begins.
    fn reserving(&self) -> Option<Posting> {
        match self.kind {
            MovementKind::Refund { .. } | MovementKind::Withdrawal { .. } => {
                Some(Posting::reserved(self.accounts(), self.amount))
            }
            MovementKind::Transfer { .. } | MovementKind::TopUp { .. } => None,
        }
    }

    /// Books what the channel answered.
    pub(crate) fn answered(
        mut self,
        answer: ChannelAnswer,
        now_ms: i64,
    ) -> Result<(Self, Option<Posting>), AnswerTooLate> {
        let too_late = AnswerTooLate { movement: self.id, status: self.state.status() };
        let (checks, asked_from_ms) = match self.state {
            MovementState::Processing => (0, now_ms),
            MovementState::Unknown { checks, next_check_at_ms } => (checks + 1, next_check_at_ms),
            MovementState::Succeeded | MovementState::Failed { .. } => return Err(too_late),
        };
        let state = match answer {
            ChannelAnswer::Approved => MovementState::Succeeded,
            ChannelAnswer::Failed(failure) => match self.kind.by_another_way(failure) {
                Some(kind) => {
                    self.kind = kind;
                    MovementState::Succeeded
                }
                None => MovementState::Failed { failure },
            },
            // Nobody stands in front of it who could act, so this is no answer.
            ChannelAnswer::Unknown | ChannelAnswer::ActionRequired(_) => {
                if now_ms < asked_from_ms {
                    // It was counted: this question was asked, or answered, twice.
                    return Err(too_late);
                }
                match next_check_at_ms(checks, now_ms) {
                    Some(next_check_at_ms) => MovementState::Unknown { checks, next_check_at_ms },
                    None => MovementState::Failed { failure: FailureCode::ChannelSilent },
                }
            }
        };
        let posting = self.posting_of(state);
        Ok((self.moved(state, now_ms), posting))
    }

    fn moved(self, state: MovementState, now_ms: i64) -> Self {
        Self { state, event_count: self.event_count + 1, updated_at_ms: now_ms, ..self }
    }

    fn posting_of(&self, state: MovementState) -> Option<Posting> {
        let (of, amount) = (self.accounts(), self.amount);
        match (state, self.kind) {
            (MovementState::Succeeded, MovementKind::Refund { to: RefundTo::Wallet(holder), .. }) => {
                Some(Posting::refunded_to_balance(of, of.wallet(holder), amount))
            }
            (MovementState::Succeeded, MovementKind::Refund { channel, .. }) => {
                Some(Posting::refunded(of, channel, amount))
            }
            (MovementState::Succeeded, MovementKind::Withdrawal { channel }) => {
                Some(Posting::paid_out(of, channel, amount))
            }
            (MovementState::Succeeded, MovementKind::TopUp { channel }) => {
                Some(Posting::topped_up(of, channel, amount))
            }
            (MovementState::Failed { .. }, MovementKind::Refund { .. } | MovementKind::Withdrawal { .. }) => {
                Some(Posting::released(of, amount))
            }
            _ => None,
        }
    }
}
