//! What happened to an application on its way, as the timeline tells it.

use crate::text_enum::text_enum;

text_enum! {
    /// One step of the way.
    Step {
        /// The team submitted.
        Submitted => "submitted",
        /// The team took a submission back.
        Withdrawn => "withdrawn",
        /// An administrator took the review.
        ReviewStarted => "review_started",
        /// Another administrator took the review over.
        ReviewTakenOver => "review_taken_over",
        /// An administrator asked for changes.
        ChangesRequested => "changes_requested",
        /// An administrator approved, one permission at least.
        Approved => "approved",
        /// An administrator rejected.
        Rejected => "rejected",
        /// An administrator stopped the application.
        Suspended => "suspended",
        /// An administrator let it go on.
        Reinstated => "reinstated",
        /// An administrator took a permission away for a while.
        PermissionSuspended => "permission_suspended",
        /// An administrator gave the permission back.
        PermissionReinstated => "permission_reinstated",
        /// The application was closed.
        Closed => "closed",
    }
}

impl Step {
    /// What the audit log calls it.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Submitted => "approval.submitted",
            Self::Withdrawn => "approval.withdrawn",
            Self::ReviewStarted => "approval.review_started",
            Self::ReviewTakenOver => "approval.review_taken_over",
            Self::ChangesRequested => "approval.changes_requested",
            Self::Approved => "approval.approved",
            Self::Rejected => "approval.rejected",
            Self::Suspended => "approval.suspended",
            Self::Reinstated => "approval.reinstated",
            Self::PermissionSuspended => "approval.permission_suspended",
            Self::PermissionReinstated => "approval.permission_reinstated",
            Self::Closed => "approval.closed",
        }
    }
}
