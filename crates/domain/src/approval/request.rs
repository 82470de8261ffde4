//! What an application asks for at the moment, and how far the review has come.

use super::permission::PermissionSet;
use super::refusal::Refusal;
use super::reviewer::{Decision, Reviewer};
use super::state::RequestStatus;
use crate::ids::DeveloperId;

/// A submission as far as its way through the review is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its number, from one on.
    pub version: u32,
    /// Who submitted it.
    pub by: DeveloperId,
    /// When.
    pub at_ms: i64,
    /// What it asks for.
    pub permissions: PermissionSet,
}

/// The way of one submission after another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Request {
    /// Nothing is asked for.
    #[default]
    Idle,
    /// It waits for an administrator.
    Submitted(Submission),
    /// An administrator has taken it.
    InReview(Submission, Decision),
    /// An administrator asked for changes.
    ChangesRequested(Submission, Decision),
    /// An administrator rejected it.
    Rejected(Submission, Decision),
}

impl Request {
    /// The state without its data.
    #[must_use]
    pub const fn status(&self) -> RequestStatus {
        match self {
            Self::Idle => RequestStatus::Idle,
            Self::Submitted(_) => RequestStatus::Submitted,
            Self::InReview(..) => RequestStatus::InReview,
            Self::ChangesRequested(..) => RequestStatus::ChangesRequested,
            Self::Rejected(..) => RequestStatus::Rejected,
        }
    }

    /// The submission it is about.
    #[must_use]
    pub const fn submission(&self) -> Option<&Submission> {
        match self {
            Self::Idle => None,
            Self::Submitted(submission)
            | Self::InReview(submission, _)
            | Self::ChangesRequested(submission, _)
            | Self::Rejected(submission, _) => Some(submission),
        }
    }

    /// Who took it or decided about it, and when.
    #[must_use]
    pub const fn decision(&self) -> Option<Decision> {
        match self {
            Self::Idle | Self::Submitted(_) => None,
            Self::InReview(_, decision) | Self::ChangesRequested(_, decision) | Self::Rejected(_, decision) => {
                Some(*decision)
            }
        }
    }

    pub(super) fn withdraw(self) -> Result<Self, Self> {
        match self {
            Self::Submitted(_) | Self::InReview(..) => Ok(Self::Idle),
            other => Err(other),
        }
    }

    /// `None` in place of a refusal says that the state is wrong.
    pub(super) fn take(self, reviewer: Reviewer, at_ms: i64) -> Result<Self, Option<Refusal>> {
        match self {
            Self::Submitted(submission) => {
                independent(&submission, reviewer)?;
                Ok(Self::InReview(submission, reviewer.decides(at_ms)))
            }
            Self::InReview(_, taken) => Err(Some(Refusal::Taken { by: taken.by })),
            _ => Err(None),
        }
    }

    /// Another administrator goes on with a review.
    pub(super) fn take_over(self, reviewer: Reviewer, at_ms: i64) -> Result<Self, Option<Refusal>> {
        match self {
            Self::InReview(submission, taken) if taken.by != reviewer.decider() => {
                independent(&submission, reviewer)?;
                Ok(Self::InReview(submission, reviewer.decides(at_ms)))
            }
            _ => Err(None),
        }
    }

    /// The submission, for a decision of who took it.
    pub(super) fn decided(self, reviewer: Reviewer) -> Result<Submission, Option<Refusal>> {
        match self {
            Self::InReview(_, taken) if taken.by != reviewer.decider() => Err(Some(Refusal::Taken { by: taken.by })),
            Self::InReview(submission, _) => {
                independent(&submission, reviewer)?;
                Ok(submission)
            }
            _ => Err(None),
        }
    }
}

fn independent(submission: &Submission, reviewer: Reviewer) -> Result<(), Option<Refusal>> {
    if reviewer.decider() == super::Decider::Person(submission.by) {
        Err(Some(Refusal::OwnApplication))
    } else {
        Ok(())
    }
}
