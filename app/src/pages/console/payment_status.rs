//! A payment's state as a badge.

use crate::{
    components::{Badge, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::payment::PaymentStatus;

/// What a state means to the reader.
pub(super) const fn tone(status: PaymentStatus) -> Tone {
    match status {
        PaymentStatus::Processing => Tone::Note,
        PaymentStatus::Captured => Tone::Good,
        PaymentStatus::Failed => Tone::Bad,
    }
}

#[component]
pub(super) fn StatusBadge(status: PaymentStatus) -> impl IntoView {
    view! { <Badge tone=tone(status) text=texts().console.status(status) /> }
}
