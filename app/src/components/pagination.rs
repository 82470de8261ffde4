//! Newer and older, for lists that go on.

use super::button::{ButtonKind, ButtonLink};
use crate::visit::texts;
use leptos::prelude::*;

/// Links to the neighbouring pages of a keyset list; a missing neighbour has no link.
#[component]
pub(crate) fn Pagination(
    #[prop(optional_no_strip)] newer: Option<String>,
    #[prop(optional_no_strip)] older: Option<String>,
    /// Needed where a page has more than one list.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let texts = &texts().components;
    let label = label.unwrap_or_else(|| texts.pages.to_owned());
    let step = |href: Option<String>, text: &'static str| match href {
        Some(href) => view! { <ButtonLink href=href kind=ButtonKind::Small>{text}</ButtonLink> }.into_any(),
        None => view! { <span aria-disabled="true">{text}</span> }.into_any(),
    };
    view! {
        <nav class="pagination" aria-label=label>
            {step(newer, texts.newer)}
            {step(older, texts.older)}
        </nav>
    }
    .into_any()
}
