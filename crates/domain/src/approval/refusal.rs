//! Why a move is refused.

use super::reviewer::Decider;
use super::state::ApprovalStatus;

/// Why a move is refused. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Who decides is of the application's team, or is who submitted it.
    #[error("nobody decides about an application of their own")]
    OwnApplication,
    /// Another administrator has taken the review.
    #[error("the review is another administrator's")]
    Taken {
        /// Whose it is.
        by: Decider,
    },
    /// The state does not allow this move; often somebody was faster.
    #[error("the application is {}", status.as_str())]
    State {
        /// The state that it is in.
        status: ApprovalStatus,
    },
    /// Every permission that is asked for is there already.
    #[error("nothing is asked for that is not there already")]
    NothingNew,
    /// No permission would be approved: that is a rejection, which takes a reason.
    #[error("an approval approves one permission at least")]
    NothingApproved,
    /// A permission was not asked for.
    #[error("a permission was not asked for")]
    NotAsked,
    /// The permission is in no state for this move.
    #[error("the permission is in no state for this")]
    Permission,
}
