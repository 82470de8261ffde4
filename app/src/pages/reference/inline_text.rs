//! A text with words of code in it.

use leptos::prelude::*;

/// Shows what stands between backticks as code, and empty lines as paragraphs.
pub(crate) fn inline_text(text: &str) -> AnyView {
    if !text.contains("\n\n") {
        return sentence(text).into_any();
    }
    text.split("\n\n").map(|paragraph| view! { <p>{sentence(paragraph)}</p> }).collect_view().into_any()
}

fn sentence(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            if index % 2 == 1 { view! { <code class="inline-code">{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect_view()
}
