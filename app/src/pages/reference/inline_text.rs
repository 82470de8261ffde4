//! A text with words of code in it.

use leptos::prelude::*;

/// Shows what stands between backticks as code, and empty lines as paragraphs.
#[component]
pub(crate) fn InlineText(#[prop(into)] text: String) -> impl IntoView {
    let paragraphs: Vec<AnyView> = text.split("\n\n").map(|paragraph| sentence(paragraph).into_any()).collect();
    if paragraphs.len() == 1 {
        return paragraphs.into_any();
    }
    paragraphs.into_iter().map(|paragraph| view! { <p>{paragraph}</p> }).collect_view().into_any()
}

fn sentence(text: &str) -> impl IntoView + use<> {
    text.split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            if index % 2 == 1 {
                view! { <code class="inline-code">{part}</code> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
}
