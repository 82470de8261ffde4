//! A framed section with a title.

use leptos::prelude::*;

/// A section; `flush` lets a table or a list reach the frame.
#[component]
pub(crate) fn Card(#[prop(into)] title: String, #[prop(optional)] flush: bool, children: Children) -> impl IntoView {
    let body = if flush { "card-flush" } else { "card-body" };
    view! {
        <section class="card">
            <div class="card-head">
                <h2 class="card-title">{title}</h2>
            </div>
            <div class=body>{children()}</div>
        </section>
    }
    .into_any()
}
