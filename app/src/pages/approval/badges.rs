//! States as badges.

use crate::{
    components::{Badge, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::approval::{ApprovalStatus, PermissionStatus};

/// What a state means to the reader.
pub(crate) const fn tone(status: ApprovalStatus) -> Tone {
    match status {
        ApprovalStatus::Draft | ApprovalStatus::Closed => Tone::Plain,
        ApprovalStatus::Submitted | ApprovalStatus::InReview => Tone::Note,
        ApprovalStatus::ChangesRequested => Tone::Caution,
        ApprovalStatus::Rejected | ApprovalStatus::Suspended => Tone::Bad,
        ApprovalStatus::Approved => Tone::Good,
    }
}

/// Where an application stands.
#[component]
pub(crate) fn ApprovalBadge(status: ApprovalStatus) -> impl IntoView {
    view! { <Badge tone=tone(status) text=texts().approval.status(status) /> }
}

/// Where a permission stands.
#[component]
pub(crate) fn PermissionBadge(status: PermissionStatus) -> impl IntoView {
    let tone = match status {
        PermissionStatus::NotAsked | PermissionStatus::Closed => Tone::Plain,
        PermissionStatus::Submitted | PermissionStatus::InReview => Tone::Note,
        PermissionStatus::ChangesRequested => Tone::Caution,
        PermissionStatus::Rejected | PermissionStatus::Suspended => Tone::Bad,
        PermissionStatus::Approved => Tone::Good,
    };
    view! { <Badge tone=tone text=texts().approval.permission_status(status) /> }
}
