//! The names of the states, and what an approved application has.

use std::collections::BTreeMap;

use super::permission::{Permission, PermissionSet};
use super::request::Request;
use super::reviewer::Decision;
use crate::text_enum::text_enum;

text_enum! {
    /// Where an application stands.
    ApprovalStatus {
        /// Nothing was submitted, or it was withdrawn.
        Draft => "draft",
        /// It waits for an administrator.
        Submitted => "submitted",
        /// An administrator looks at it.
        InReview => "in_review",
        /// Its team has to change something.
        ChangesRequested => "changes_requested",
        /// It was rejected, for good.
        Rejected => "rejected",
        /// It may call live.
        Approved => "approved",
        /// It may not call live until an administrator lifts this.
        Suspended => "suspended",
        /// It is gone, for good.
        Closed => "closed",
    }
}

impl ApprovalStatus {
    /// Where it is an administrator's turn.
    pub const WAITING: [Self; 2] = [Self::Submitted, Self::InReview];
}

text_enum! {
    /// Where the present request stands.
    RequestStatus {
        /// There is none.
        Idle => "idle",
        /// It waits for an administrator.
        Submitted => "submitted",
        /// An administrator looks at it.
        InReview => "in_review",
        /// The team has to change something.
        ChangesRequested => "changes_requested",
        /// It was rejected.
        Rejected => "rejected",
    }
}

text_enum! {
    /// Where one permission of an application stands.
    PermissionStatus {
        /// It was never asked for.
        NotAsked => "not_asked",
        /// It waits for an administrator.
        Submitted => "submitted",
        /// An administrator looks at it.
        InReview => "in_review",
        /// The team has to change something first.
        ChangesRequested => "changes_requested",
        /// It was not given; a later request may ask again.
        Rejected => "rejected",
        /// It is there.
        Approved => "approved",
        /// It was taken away for a while.
        Suspended => "suspended",
        /// The application is gone.
        Closed => "closed",
    }
}

/// What was last decided about a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermissionState {
    /// It is there.
    Approved(Decision),
    /// It was there, and an administrator took it away for a while.
    Suspended(Decision),
    /// It was asked for and not given.
    Rejected(Decision),
}

impl PermissionState {
    /// The state without its data.
    #[must_use]
    pub const fn status(self) -> PermissionStatus {
        match self {
            Self::Approved(_) => PermissionStatus::Approved,
            Self::Suspended(_) => PermissionStatus::Suspended,
            Self::Rejected(_) => PermissionStatus::Rejected,
        }
    }

    /// Who decided, and when.
    #[must_use]
    pub const fn decision(self) -> Decision {
        match self {
            Self::Approved(decision) | Self::Suspended(decision) | Self::Rejected(decision) => decision,
        }
    }

    /// Whether an approval stands behind it, in force or not.
    #[must_use]
    pub const fn was_approved(self) -> bool {
        matches!(self, Self::Approved(_) | Self::Suspended(_))
    }
}

/// What an approved application has, and what it asks for beside that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    /// The permissions that were ever decided about.
    pub permissions: BTreeMap<Permission, PermissionState>,
    /// What it asks for further.
    pub request: Request,
}

impl Rights {
    /// The permissions in force.
    #[must_use]
    pub fn in_force(&self) -> PermissionSet {
        self.having(|state| matches!(state, PermissionState::Approved(_)))
    }

    /// The permissions that were approved, in force or suspended.
    #[must_use]
    pub fn approved(&self) -> PermissionSet {
        self.having(PermissionState::was_approved)
    }

    fn having(&self, wanted: impl Fn(PermissionState) -> bool) -> PermissionSet {
        self.permissions.iter().filter(|(_, state)| wanted(**state)).map(|(permission, _)| *permission).collect()
    }
}
