//! One figure with its name.

use leptos::prelude::*;

/// A figure, already formatted, and what it is compared with.
#[component]
pub(crate) fn Stat(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] note: String,
    /// Where what was counted is listed.
    #[prop(optional)]
    href: Option<&'static str>,
) -> impl IntoView {
    let name = match href {
        Some(href) => view! { <a class="stat-name" href=href>{name}</a> }.into_any(),
        None => view! { <span class="stat-name">{name}</span> }.into_any(),
    };
    view! {
        <div class="stat">
            {name}
            <span class="stat-value">{value}</span>
            <span class="stat-note">{note}</span>
        </div>
    }
    .into_any()
}
