//! A movement's state as a badge.

use crate::{
    components::{Badge, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::movement::MovementStatus;

#[component]
pub(super) fn MovementBadge(status: MovementStatus) -> impl IntoView {
    let tone = match status {
        MovementStatus::Processing | MovementStatus::Unknown => Tone::Note,
        MovementStatus::Succeeded => Tone::Good,
        MovementStatus::Failed => Tone::Bad,
    };
    view! { <Badge tone=tone text=texts().money.movement_status(status) /> }
}
