//! A message about the whole page or section.

use super::{icon::Icon, tone::Tone};
use leptos::prelude::*;

/// A message with a title and, below it, whatever explains it.
#[component]
pub(crate) fn Banner(#[prop(into)] title: String, #[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    // A failure interrupts a screen reader; everything else waits for its turn.
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class=tone.class("banner") role=role>
            <span class=tone.class("banner-icon")>
                <Icon name=tone.icon() />
            </span>
            <p class="banner-title">{title}</p>
            <div class="banner-body">{children()}</div>
        </div>
    }
    .into_any()
}
