//! What a list shows before it has anything.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// Says what would be here; its children offer the next step.
#[component]
pub(crate) fn EmptyState(
    icon: IconName,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state-icon">
                <Icon name=icon large=true />
            </span>
            <h2 class="empty-state-title">{title}</h2>
            <p class="empty-state-body">{text}</p>
            <div class="empty-state-actions">{children()}</div>
        </div>
    }
    .into_any()
}
