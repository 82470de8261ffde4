//! What the live environment may do for an application at this moment.

use super::permission::PermissionSet;
use super::state::ApprovalStatus;
use crate::scope::ScopeSet;

/// What the live environment may do for an application at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: nobody has approved it.
    NotApproved,
    /// Nothing for now: an administrator stopped it.
    Suspended,
    /// Nothing any more.
    Closed,
    /// It may call, with these scopes and no others.
    Open {
        /// What the permissions in force give.
        scopes: ScopeSet,
    },
}

impl Standing {
    /// By where the application stands and which of its permissions are in force.
    #[must_use]
    pub fn of(status: ApprovalStatus, in_force: &PermissionSet) -> Self {
        match status {
            ApprovalStatus::Approved => Self::Open { scopes: in_force.scopes() },
            ApprovalStatus::Suspended => Self::Suspended,
            ApprovalStatus::Closed => Self::Closed,
            ApprovalStatus::Draft
            | ApprovalStatus::Submitted
            | ApprovalStatus::InReview
            | ApprovalStatus::ChangesRequested
            | ApprovalStatus::Rejected => Self::NotApproved,
        }
    }

    /// Whether live credentials may be made and used.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// The scopes that a live token may carry.
    #[must_use]
    pub fn scopes(self) -> ScopeSet {
        match self {
            Self::Open { scopes } => scopes,
            Self::NotApproved | Self::Suspended | Self::Closed => ScopeSet::default(),
        }
    }
}
