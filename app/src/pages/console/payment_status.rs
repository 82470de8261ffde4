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
        PaymentStatus::Created
        | PaymentStatus::RequiresAction
        | PaymentStatus::Processing
        | PaymentStatus::Authorized
        | PaymentStatus::Unknown => Tone::Note,
        PaymentStatus::Captured => Tone::Good,
        PaymentStatus::PartiallyRefunded | PaymentStatus::Refunded | PaymentStatus::Canceled => Tone::Plain,
        PaymentStatus::Failed | PaymentStatus::Expired => Tone::Bad,
    }
}

#[component]
pub(super) fn StatusBadge(status: PaymentStatus) -> impl IntoView {
    view! { <Badge tone=tone(status) text=texts().console.status(status) /> }
}
