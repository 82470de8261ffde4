//! The HTTP method in front of a path.

use leptos::prelude::*;

/// A method in capital letters; the colour repeats what the word says.
#[component]
pub(crate) fn MethodMark(#[prop(into)] method: String) -> impl IntoView {
    let class = if method == "GET" { "method-mark" } else { "method-mark method-mark-writes" };
    view! { <span class=class>{method}</span> }
}
