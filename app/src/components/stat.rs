//! One figure with its name.

use leptos::prelude::*;

/// A figure, already formatted, and what it is compared with.
#[component]
pub(crate) fn Stat(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] note: String,
) -> impl IntoView {
    view! {
        <div class="stat">
            <span class="stat-name">{name}</span>
            <span class="stat-value">{value}</span>
            <span class="stat-note">{note}</span>
        </div>
    }
    .into_any()
}
