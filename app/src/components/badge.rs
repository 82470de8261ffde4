//! A short state beside the thing it belongs to.

use super::tone::Tone;
use leptos::prelude::*;

/// A state in one or two words; the dot repeats the tone, the words carry the meaning.
#[component]
pub(crate) fn Badge(#[prop(into)] text: String, #[prop(optional)] tone: Tone) -> impl IntoView {
    view! {
        <span class=tone.class("badge")>
            <span class="badge-dot" aria-hidden="true"></span>
            {text}
        </span>
    }
    .into_any()
}
