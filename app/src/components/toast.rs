//! A short confirmation of what the reader just did.

use super::{
    icon::{Icon, IconName},
    tone::Tone,
};
use crate::visit::{texts, visit};
use leptos::prelude::*;

/// Announced politely. It stays until dismissed, which is a plain link to the same page, because the
/// message was taken from the session when this page was made.
#[component]
pub(crate) fn Toast(
    #[prop(into)] text: String,
    #[prop(optional)] tone: Tone,
    /// In the flow of the page rather than above it.
    #[prop(optional)]
    still: bool,
) -> impl IntoView {
    let region = if still { "toast-region toast-still" } else { "toast-region" };
    view! {
        <div class=region role="status" aria-live="polite">
            <div class="toast">
                <span class=tone.class("toast-icon")>
                    <Icon name=tone.icon() />
                </span>
                <span class="toast-text">{text}</span>
                <a class="button button-quiet button-small" href=visit().path.as_str().to_owned()>
                    <Icon name=IconName::Close />
                    <span class="visually-hidden">{texts().components.dismiss}</span>
                </a>
            </div>
        </div>
    }
    .into_any()
}
